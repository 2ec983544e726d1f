import type {Resource, State, Step} from '../plan/plan.ts'
import {sameState} from '../plan/same-state.ts'

/** The kind of step that a person does at the identity provider: its target is the address at which users sign in. */
export const relyingPartyKind = 'relying party'

/** How an identity provider signs users in; WS-Federation unless it is said otherwise. */
export type Protocol = 'WsFed' | 'Samlp'

/** Looks whether an identity provider knows the directory; gives what it found instead, as a sentence, when it does not. */
export type RelyingPartyProbe = (
  passiveLogOnUri: string,
  protocol: Protocol,
  signal?: AbortSignal,
) => Promise<string | undefined>

/** A step for a person: to set the relying party up, or to remove it (`after` is null). */
export const relyingPartyStep = (
  passiveLogOnUri: string,
  action: string,
  change: {readonly before: Protocol | null; readonly after: Protocol | null},
): Step => ({
  side: 'identity provider',
  kind: relyingPartyKind,
  target: passiveLogOnUri,
  action,
  manual: true,
  before: readyBy(change.before),
  after: readyBy(change.after),
})

const readyBy = (protocol: Protocol | null): State => (protocol === null ? null : {readyBy: protocol})

/** Waits for the person: asks the provider, unless the person has said that it is done. */
export function relyingPartyResource(probe: RelyingPartyProbe, isDone: boolean): Resource {
  return {
    read: async () => null,
    write: async () => {},
    async waitingFor({target, after}, signal) {
      if (isDone) return undefined
      // That a provider does not answer is no sign that somebody removed anything there: nobody is asked, nothing waits for it.
      if (after === null) return 'Nobody has said that it is done.'
      const missing = await probe(target, sameState(after, readyBy('Samlp')) ? 'Samlp' : 'WsFed', signal)
      return missing && `${missing} When it is ready all the same, say so: --identity-provider-ready.`
    },
  }
}
