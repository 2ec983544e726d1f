import {FedctlError} from '../errors/fedctl-error.ts'
import {isRefusal} from '../errors/is-refusal.ts'
import {type FederationSettingsChange, writableFederationSettings} from '../graph/federation-settings.ts'
import type {GraphClient} from '../graph/graph-client.ts'
import type {FederationSettings} from '../model/federation-settings.ts'
import type {Resource, State, Step} from '../plan/plan.ts'
import {sameState} from '../plan/same-state.ts'

/** The kind of step that changes the trust of a domain: its target is the domain, its state the settings, null while it is managed. */
export const federationSettingsKind = 'federation settings'

/**
 * The settings of a domain as the state of a plan: what can be written, and nothing that the service keeps to itself. What is false is not
 * there: the service says so of a setting that was never set.
 */
export const toSettingsState = (settings: Partial<FederationSettings> | undefined): State =>
  settings === undefined
    ? null
    : Object.fromEntries(
        writableFederationSettings.flatMap((name) => {
          const value = settings[name]
          return value === undefined || value === false ? [] : [[name, value]]
        }),
      )

/** One step that brings the trust of a domain from one state to another. */
export const settingsStep = (domain: string, action: string, change: Pick<Step, 'before' | 'after'>): Step => ({
  side: 'directory',
  kind: federationSettingsKind,
  target: domain,
  action,
  manual: false,
  ...change,
})

/**
 * Reads and writes the trust of a domain. A step that federates a domain throws AlreadyExists when somebody else has federated it, unless
 * an earlier run (`isFirstRun` is false) may have begun it.
 */
export function federationSettingsResource({domains, federationSettings}: GraphClient, isFirstRun: boolean): Resource {
  const read = async (step: Step): Promise<State> => {
    const settings = await federationSettings.find(step.target)
    if (settings !== undefined) return concerned(step, toSettingsState(settings))
    // A federated domain without settings that can be read is what a refused creation may leave behind; it is not a managed one.
    return (await domains.get(step.target)).authentication === 'Managed' ? null : federatedWithoutSettings
  }
  const create = async (step: Step, settings: FederationSettings): Promise<void> => {
    try {
      await federationSettings.create(step.target, settings)
    } catch (error) {
      if (!isRefusal(error) || (await read(step)) !== federatedWithoutSettings) throw error
      // It is no mere refusal when it leaves something behind that has to be undone.
      throw new FedctlError('ServiceFailure', (error as Error).message, {cause: error})
    }
  }
  return {
    read,
    async write(step, to) {
      const now = await read(step)
      if (isFirstRun && step.before === null && to !== null && now !== null)
        throw new FedctlError('AlreadyExists', `${step.target} has been federated by somebody else.`)
      if (sameState(now, to)) return
      if (to === null) return domains.update(step.target, {authentication: 'Managed'})
      const settings = settingsOf(to)
      if (isSettingsState(now)) return federationSettings.update(step.target, {...cleared(now), ...settings})
      if (now !== null) await domains.update(step.target, {authentication: 'Managed'})
      await create(step, settings)
    },
  }
}

/** The state of a domain that says it is federated and has no settings. */
export const federatedWithoutSettings = 'federated, without settings'

/** A step that federates or the reverse looks at the settings it names, because the service may add some of its own; a change looks at all. */
function concerned({before, after}: Step, settings: State): State {
  if (!isSettingsState(settings) || (isSettingsState(before) && isSettingsState(after))) return settings
  const named = {...(isSettingsState(before) ? before : {}), ...(isSettingsState(after) ? after : {})}
  return Object.fromEntries(Object.entries(settings).filter(([name]) => Object.hasOwn(named, name)))
}

/** Every setting that is there, as one to be cleared. */
const cleared = (now: Readonly<Record<string, State>>): FederationSettingsChange =>
  Object.fromEntries(Object.keys(now).map((name) => [name, null]))

/** Whether a trust has every setting that is wanted; the service may have added some of its own. */
export const hasAllSettings = (present: State, wanted: State): boolean =>
  isSettingsState(present) && isSettingsState(wanted) && sameState(present, {...present, ...wanted})

/** Whether a state of a domain holds settings: it is federated. */
export const isSettingsState = (state: State): state is Readonly<Record<string, State>> =>
  typeof state === 'object' && state !== null && !Array.isArray(state)

/** The settings in a state. Throws PlanUnreadable when it holds something else. */
export function settingsOf(state: State): FederationSettings {
  const known: readonly string[] = writableFederationSettings
  if (
    isSettingsState(state) &&
    typeof state['issuerUri'] === 'string' &&
    Object.entries(state).every(
      ([name, value]) => known.includes(name) && (typeof value === 'string' || value === true),
    )
  )
    return state as unknown as FederationSettings
  throw new FedctlError('PlanUnreadable', 'The plan holds federation settings that are none.')
}
