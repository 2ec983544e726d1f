import type {Resource, Step} from '../plan/plan.ts'

/** The kind of step that a person does at the identity provider: its target is the address at which users sign in. */
export const relyingPartyKind = 'relying party'

/** Looks whether an identity provider knows the directory; gives what it found instead, as a sentence, when it does not. */
export type RelyingPartyProbe = (passiveLogOnUri: string) => Promise<string | undefined>

/** A step for a person: to set the relying party up, or to remove it. */
export const relyingPartyStep = (passiveLogOnUri: string, action: string, after: 'ready' | null): Step => ({
  side: 'identity provider',
  kind: relyingPartyKind,
  target: passiveLogOnUri,
  action,
  manual: true,
  before: after === null ? 'ready' : null,
  after,
})

/** Waits for the person: asks the provider, unless the person has said that it is done. */
export function relyingPartyResource(probe: RelyingPartyProbe, isDone: boolean): Resource {
  return {
    read: async () => null,
    write: async () => {},
    async waitingFor({target, after}) {
      if (isDone) return undefined
      const missing = await probe(target)
      if (after !== null) return missing
      return missing === undefined ? `The identity provider at ${target} still knows the relying party.` : undefined
    },
  }
}
