import type {Application, ApplicationChange} from '../model/application.ts'
import type {State, Step} from '../plan/plan.ts'
import {sameState} from '../plan/same-state.ts'
import {stateOf} from './state-of.ts'

/** What an application shall have when a plan is done; what is not said stays. Names of permissions are those of Microsoft Graph. */
export interface WantedApplication extends ApplicationChange {
  readonly accountEnabled?: boolean
  readonly permissions?: readonly string[]
  readonly delegatedPermissions?: readonly string[]
  /** Thumbprints. */
  readonly certificates?: readonly string[]
  /** A new secret is made. */
  readonly newSecret?: boolean
  /** Key ids of secrets that go. */
  readonly oldSecrets?: readonly string[]
}

const step = (application: string, kind: string) => ({
  side: 'directory' as const,
  manual: false,
  target: application,
  kind,
})

/** Registering an application and giving it what is wanted. */
export const planNewApplication = (displayName: string, wanted: WantedApplication): readonly Step[] => [
  {
    ...step(displayName, 'application'),
    action: 'register the application',
    before: null,
    after: {displayName, identifierUris: wanted.identifierUris ?? [], redirectUris: wanted.redirectUris ?? []},
  },
  makePrincipal(displayName),
  ...planAccess({displayName, certificates: [], permissions: [], delegatedPermissions: []}, wanted),
]

const makePrincipal = (displayName: string): Step => ({
  ...step(displayName, 'service principal'),
  action: 'create the service principal of',
  before: null,
  after: {accountEnabled: true},
})

/** Changing what differs; no step when nothing does. */
export function planApplicationChange(application: Application, wanted: WantedApplication): readonly Step[] {
  const {displayName: name, servicePrincipalId, accountEnabled = true} = application
  const {displayName, identifierUris, redirectUris, ...access} = wanted
  const given = Object.entries({displayName, identifierUris, redirectUris}).filter(([, value]) => value !== undefined)
  const after = Object.fromEntries(given) as {readonly [name: string]: State}
  const before = stateOf(application, Object.keys(after))
  const needsPrincipal =
    servicePrincipalId === undefined &&
    [access.accountEnabled, access.permissions, access.delegatedPermissions].some((one) => one !== undefined)
  const enabled = access.accountEnabled ?? accountEnabled
  return [
    ...(sameState(before, after)
      ? []
      : [{...step(name, 'application'), action: 'change the application', before, after}]),
    ...(needsPrincipal ? [makePrincipal(name)] : []),
    ...(enabled === accountEnabled
      ? []
      : [
          {
            ...step(name, 'service principal'),
            action: enabled ? 'let sign in' : 'keep from signing in',
            before: {accountEnabled},
            after: {accountEnabled: enabled},
          },
        ]),
    ...planAccess(application, access),
  ]
}

type Has = Pick<Application, 'displayName' | 'permissions' | 'delegatedPermissions'> & {
  readonly certificates: Application['certificates']
}

function planAccess(has: Has, wanted: WantedApplication): readonly Step[] {
  const {displayName: name, permissions = [], delegatedPermissions = []} = has
  const certificates = has.certificates.map(({thumbprint, keyId}) => thumbprint ?? keyId)
  return [
    ...planList(name, 'certificates', {before: certificates, after: wanted.certificates}),
    ...planList(name, 'permissions', {before: permissions, after: wanted.permissions}),
    ...planList(name, 'delegated permissions', {before: delegatedPermissions, after: wanted.delegatedPermissions}),
    ...(wanted.newSecret === true ? [newSecret(name)] : []),
    ...(wanted.oldSecrets ?? []).map((keyId) => oldSecret(name, keyId)),
  ]
}

interface Lists {
  readonly before: readonly string[]
  readonly after: readonly string[] | undefined
}

function planList(name: string, what: string, {before, after}: Lists): readonly Step[] {
  const state = (list: readonly string[]): State => ({[what]: list.toSorted()})
  const [from, to] = [state(before), state(after ?? before)]
  if (sameState(from, to)) return []
  return [{...step(name, `application ${what}`), action: `change the ${what} of`, before: from, after: to}]
}

const newSecret = (name: string): Step => ({
  ...step(name, 'application secret'),
  action: 'make a secret for',
  before: 'none',
  after: 'a new one',
})

const oldSecret = (name: string, keyId: string): Step => ({
  ...step(name, 'old application secret'),
  action: 'take a secret from',
  before: keyId,
  after: null,
  irreversible: 'nobody knows a secret that was taken away',
})

/** Removing an application with its service principal. */
export const planApplicationRemoval = ({displayName}: Application): Step => ({
  ...step(displayName, 'application place'),
  action: 'remove the application',
  before: 'present',
  after: 'deleted',
})
