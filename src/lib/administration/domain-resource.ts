import {FedctlError} from '../errors/fedctl-error.ts'
import type {GraphClient} from '../graph/graph-client.ts'
import type {Domain} from '../model/domain.ts'
import type {Resource, State, Step} from '../plan/plan.ts'
import {namesIn, stateOf} from './state-of.ts'

const step = {side: 'directory', kind: 'domain', manual: false} as const

/** Adding a domain that the tenant does not have; it is unverified at first. */
export const planNewDomain = (name: string): Step => ({
  ...step,
  target: name,
  action: 'add the domain',
  before: null,
  after: {name},
})

/** Removing a domain. */
export const planDomainRemoval = ({name}: Domain): Step => ({
  ...step,
  target: name,
  action: 'remove the domain',
  before: {name},
  after: null,
  irreversible: 'a domain that was removed has to be added and verified anew',
})

/** Verifying a domain; no step when it is. */
export const planVerification = ({name, status}: Domain): readonly Step[] =>
  status === 'Verified'
    ? []
    : [{...step, target: name, action: 'verify the domain', before: {status}, after: {status: 'Verified'}}]

/** Making a domain the default; no step when it is. */
export const planDefault = ({name, isDefault}: Domain): readonly Step[] =>
  isDefault
    ? []
    : [{...step, target: name, action: 'make the domain the default', before: {isDefault}, after: {isDefault: true}}]

/**
 * A domain of the tenant as a thing that plans change: null is absent, else the properties that the step speaks of. A step that adds a
 * domain throws AlreadyExists when somebody else added it, and undo removes only one that was added here.
 */
export function domainResource({domains}: GraphClient): Resource {
  const find = async (name: string): Promise<Domain | undefined> => {
    for await (const domain of domains.list()) if (domain.name === name) return domain
    return undefined
  }
  let added: string | undefined
  return {
    async read({target, before, after}) {
      const domain = await find(target)
      if (domain === undefined) return null
      if (before === null && added !== target)
        throw new FedctlError('AlreadyExists', `The tenant has the domain ${target} already.`)
      return stateOf(domain, namesIn(before, after))
    },
    async write({target, before}, to) {
      if (to === null) return before === null && added !== target ? undefined : domains.remove(target)
      if (before === null) {
        added = (await domains.create(target)).name
        return
      }
      const {isDefault, status} = to as {readonly [name: string]: State}
      if (status === 'Verified') await domains.verify(target)
      if (isDefault === true) await domains.update(target, {isDefault})
      if (isDefault === false)
        throw new FedctlError('Refused', `${target} stays the default domain until another one is made it.`, {
          hints: ['fedctl set-domain OTHER --is-default'],
        })
    },
  }
}
