import {auditName} from '../rules/audit-names.ts'
import type {Property} from '../rules/property.ts'
import {timestamp} from '../rules/timestamp.ts'
import {type AuditedTarget, addAudit, type StoredAudit} from '../store/audits.ts'
import {fold} from '../store/fold.ts'
import type {Queries} from '../store/schema.ts'
import {findUser} from '../store/users.ts'
import type {TenantCall} from './call.ts'
import {accountOf} from './principal.ts'

/** What was done, in the words of the service's audit log. */
export interface AuditEntry {
  /** As the service names it: `Update user`. */
  readonly activity: string
  readonly category:
    | 'ApplicationManagement'
    | 'Device'
    | 'DirectoryManagement'
    | 'GroupManagement'
    | 'Policy'
    | 'RoleManagement'
    | 'UserManagement'
  readonly operation: 'Add' | 'Assign' | 'Delete' | 'Unassign' | 'Update'
  /** To what it was done; what changed belongs to the first. */
  readonly targets: readonly [AuditTarget, ...AuditTarget[]]
  readonly changes?: readonly Change[]
  /** The properties that delta queries show as changed, when they are not those of `changes`. */
  readonly changed?: readonly string[]
  /** The object that delta queries show as changed, when it is not the first target: the group that got a member. */
  readonly object?: AuditTarget
}

/** An object that something was done to. */
export interface AuditTarget {
  readonly type:
    | 'Application'
    | 'Device'
    | 'Directory'
    | 'Domain'
    | 'Group'
    | 'Policy'
    | 'Role'
    | 'ServicePrincipal'
    | 'User'
  readonly id: string
  readonly displayName?: string | null
  readonly userPrincipalName?: string
}

/** One property before and after; undefined where there was none. */
export interface Change {
  /** As Graph names it. */
  readonly property: string
  readonly before: unknown
  readonly after: unknown
}

type Values = Readonly<Record<string, unknown>>

/** The properties that differ between two states of an object, as it is stored; no state is one without any property. */
export function changesBetween(
  before: object | undefined,
  after: object | undefined,
  properties: Readonly<Record<string, Pick<Property, 'kind'>>>,
): Change[] {
  const [from, to] = [(before ?? {}) as Values, (after ?? {}) as Values]
  return Object.entries(properties)
    .map(([property, rule]) => ({property, before: plain(from[property], rule), after: plain(to[property], rule)}))
    .filter((change) => change.before !== change.after)
}

/** A value that can be compared: the store has flags as numbers. */
function plain(value: unknown, {kind}: Pick<Property, 'kind'>): unknown {
  if (value == null || value === '[]') return undefined
  return kind === 'flag' ? Boolean(value) : value
}

/** Writes down what a request changes, within the change that makes it. */
export async function audit(db: Queries, call: TenantCall, entry: AuditEntry): Promise<void> {
  const {activity, category, operation, targets, changes = [], object = targets[0]} = entry
  const {changed = changes.map(({property}) => property)} = entry
  const {services, tenant, correlationId} = call
  const entryOfLog = {
    tenantId: tenant.id,
    activityDateTime: timestamp(services.now()),
    activityDisplayName: activity,
    category,
    operationType: operation,
    correlationId,
    ...(await initiatorOf(db, call)),
    targetResources: JSON.stringify(targets.map((target, index) => toTarget(target, index === 0 ? changes : []))),
    objectType: object.type,
    objectId: object.id,
    changedProperties: JSON.stringify(changed),
  }
  await addAudit(db, entryOfLog, targets.map(toSought))
}

const toSought = ({id, displayName}: AuditTarget): AuditedTarget => ({
  targetId: fold(id),
  targetNameKey: displayName == null ? null : fold(displayName),
})

const toTarget = (
  {type, id, displayName = null, userPrincipalName = undefined}: AuditTarget,
  changes: readonly Change[],
) => ({
  id,
  displayName,
  type,
  userPrincipalName: userPrincipalName ?? null,
  groupType: type === 'Group' ? 'azureAD' : null,
  modifiedProperties: [...changes.map(toModified), ...summaryOf(changes)],
})

const toModified = ({property, before, after}: Change) => ({
  displayName: auditName(property),
  oldValue: toLogged(before),
  newValue: toLogged(after),
})

/** The log has every value as a list in JSON. */
function toLogged(value: unknown): string {
  if (value === undefined) return '[]'
  if (typeof value === 'string' && value.startsWith('[')) return value
  return JSON.stringify([value])
}

const summaryOf = (changes: readonly Change[]) =>
  changes.length === 0
    ? []
    : [
        {
          displayName: 'Included Updated Properties',
          oldValue: null,
          newValue: JSON.stringify(changes.map(({property}) => auditName(property)).join(', ')),
        },
      ]

type Initiator = Pick<StoredAudit, Extract<keyof StoredAudit, `initiator${string}`>>

const nobody: Initiator = {
  initiatorUserId: null,
  initiatorUserName: null,
  initiatorUserPrincipalName: null,
  initiatorAppId: null,
  initiatorAppName: null,
  initiatorServicePrincipalId: null,
}

async function initiatorOf(db: Queries, {caller}: TenantCall): Promise<Initiator> {
  if (caller.kind === 'application') {
    const {appId, displayName, servicePrincipalId} = caller
    const app = {initiatorAppId: appId, initiatorAppName: displayName}
    return {...nobody, ...app, initiatorServicePrincipalId: servicePrincipalId}
  }
  const account = accountOf(caller)
  if (account === undefined) return {...nobody, initiatorAppName: 'fedctl'}
  const user = await findUser(db, caller.tenantId ?? '', account)
  const {displayName = null, userPrincipalName = null} = user ?? {}
  const names = {initiatorUserName: displayName, initiatorUserPrincipalName: userPrincipalName}
  return {...nobody, ...names, initiatorUserId: account}
}
