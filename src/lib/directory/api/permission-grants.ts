import {access} from '../rules/access.ts'
import {servicePrincipalResource} from '../rules/application-properties.ts'
import {badRequest, missingValue, notFound, sameKey} from '../rules/graph-failure.ts'
import {grantFilter} from '../rules/permission-properties.ts'
import {guidForm} from '../rules/property.ts'
import {userResource} from '../rules/user-properties.ts'
import {findAnyObject} from '../store/find-any-object.ts'
import {addGrant, changeGrant, listPermissions, removePermission, type StoredGrant} from '../store/permissions.ts'
import type {Queries} from '../store/schema.ts'
import {audit} from './audit.ts'
import {auditTarget} from './audit-target.ts'
import {type Answer, context, created, noContent, ok, parameter, type TenantCall, type TenantRoute} from './call.ts'
import {answerPermissions} from './list-permissions.ts'
import {readBody} from './read-body.ts'

const [read, write] = [access.readGrants, access.writeGrants]
const [set, one] = ['/oauth2PermissionGrants', '/oauth2PermissionGrants/:grant']

/** /oauth2PermissionGrants: the scopes that applications may use for one user, or for all. */
export const grantRoutes: readonly TenantRoute[] = [
  {method: 'GET', path: set, needs: read, run: (call) => answerPermissions<StoredGrant>(call, all)},
  {method: 'POST', path: set, needs: write, run: answerCreation},
  {method: 'GET', path: one, needs: read, run: answerOne},
  {method: 'PATCH', path: one, needs: write, run: answerChange},
  {method: 'DELETE', path: one, needs: write, run: answerRemoval},
  ...(
    [
      ['/users/:object/oauth2PermissionGrants', userResource, 'principalId'],
      ['/servicePrincipals/:object/oauth2PermissionGrants', servicePrincipalResource, 'clientId'],
    ] as const
  ).map(
    ([path, resource, property]): TenantRoute => ({
      method: 'GET',
      path,
      needs: read,
      async run(call) {
        const key = parameter(call, 'object')
        const {tenant, services} = call
        const found = await services.store.read((db) => findAnyObject(db, [resource], {tenantId: tenant.id, id: key}))
        if (found === undefined) throw notFound(key)
        return answerPermissions<StoredGrant>(call, {...all, where: {property, value: found.object.id}})
      },
    }),
  ),
]

const toGraph = ({tenantId: _, ...grant}: StoredGrant): object => grant
const all = {resource: grantFilter, show: async (_db: Queries, rows: readonly StoredGrant[]) => rows.map(toGraph)}
const entity = (call: TenantCall, grant: StoredGrant): object => ({
  '@odata.context': context(call, 'oauth2PermissionGrants/$entity'),
  ...toGraph(grant),
})

async function answerOne(call: TenantCall): Promise<Answer> {
  return ok(entity(call, await call.services.store.read((db) => requireGrant(db, call))))
}

async function requireGrant(db: Queries, call: TenantCall): Promise<StoredGrant> {
  const id = parameter(call, 'grant').toLowerCase()
  const filter = {is: 'in', property: 'id', values: [id]} as const
  const [row] = await listPermissions(db, grantFilter, {tenantId: call.tenant.id, filter, size: 1})
  if (row === undefined) throw notFound(id)
  return row
}

const id = {kind: 'text', form: guidForm} as const
const scopeRule = {kind: 'text', max: 3850, notNull: true} as const
const rules = {
  clientId: id,
  consentType: {kind: 'text', oneOf: ['AllPrincipals', 'Principal'], notNull: true},
  principalId: id,
  resourceId: id,
  scope: scopeRule,
} as const

/** What a body says of a new grant, nothing known of whom it names. */
function readGrant(call: TenantCall): Omit<StoredGrant, 'id'> {
  const {clientId, consentType, principalId, resourceId, scope} = readBody(call, 'OAuth2PermissionGrant', rules)
  if (clientId == null) throw missingValue('clientId', 'OAuth2PermissionGrant')
  if (resourceId == null) throw missingValue('resourceId', 'OAuth2PermissionGrant')
  if (consentType === undefined) throw missingValue('consentType', 'OAuth2PermissionGrant')
  if ((consentType === 'Principal') !== (principalId != null))
    throw badRequest("A grant names its user in 'principalId' when its consentType is 'Principal', and then only.")
  return {
    tenantId: call.tenant.id,
    clientId: clientId.toLowerCase(),
    consentType,
    principalId: principalId?.toLowerCase() ?? null,
    resourceId: resourceId.toLowerCase(),
    scope: tidy(scope ?? ''),
  }
}

const tidy = (scope: string): string => [...new Set(scope.split(/\s+/).filter((word) => word !== ''))].join(' ')

async function answerCreation(call: TenantCall): Promise<Answer> {
  const wanted = readGrant(call)
  const grant = {...wanted, id: call.services.newId()}
  await call.services.store.change(async (db) => {
    await requireParties(db, wanted)
    if (await isThere(db, wanted)) throw sameKey('Permission entry already exists.')
    await addGrant(db, grant)
    await auditGrant(db, call, {grant, before: undefined, after: grant.scope})
  })
  return created(entity(call, grant))
}

async function requireParties(db: Queries, {tenantId, clientId, principalId, resourceId}: Omit<StoredGrant, 'id'>) {
  for (const id of [clientId, resourceId])
    if ((await findAnyObject(db, [servicePrincipalResource], {tenantId, id})) === undefined) throw notFound(id)
  if (principalId === null) return
  if ((await findAnyObject(db, [userResource], {tenantId, id: principalId})) === undefined) throw notFound(principalId)
}

async function isThere(db: Queries, {tenantId, scope: _, ...key}: Omit<StoredGrant, 'id'>): Promise<boolean> {
  const all = Object.entries(key).map(([property, value]) => ({is: 'compare', property, by: 'eq', value}) as const)
  return (await listPermissions(db, grantFilter, {tenantId, filter: {is: 'and', all}, size: 1})).length > 0
}

async function answerChange(call: TenantCall): Promise<Answer> {
  const {scope} = readBody(call, 'OAuth2PermissionGrant', {scope: scopeRule})
  if (scope === undefined) throw missingValue('scope', 'OAuth2PermissionGrant')
  await call.services.store.change(async (db) => {
    const grant = await requireGrant(db, call)
    const after = tidy(scope)
    if (after === grant.scope) return
    await changeGrant(db, grant.id, after)
    await auditGrant(db, call, {grant, before: grant.scope, after})
  })
  return noContent
}

async function answerRemoval(call: TenantCall): Promise<Answer> {
  await call.services.store.change(async (db) => {
    const grant = await requireGrant(db, call)
    await removePermission(db, 'permissionGrants', grant.id)
    await auditGrant(db, call, {grant, before: grant.scope, after: undefined})
  })
  return noContent
}

interface Granting {
  readonly grant: StoredGrant
  readonly before: string | undefined
  readonly after: string | undefined
}

async function auditGrant(db: Queries, call: TenantCall, {grant, before, after}: Granting): Promise<void> {
  const {tenantId, clientId, consentType, resourceId} = grant
  const [resource, client] = await Promise.all(
    [resourceId, clientId].map((id) => findAnyObject(db, [servicePrincipalResource], {tenantId, id})),
  )
  const target = (found: typeof resource, id: string) =>
    found === undefined
      ? ({type: 'ServicePrincipal', id} as const)
      : auditTarget(servicePrincipalResource, found.object)
  const isLess = after === undefined || (before !== undefined && after.length < before.length)
  await audit(db, call, {
    activity: isLess ? 'Remove delegated permission grant' : 'Add delegated permission grant',
    category: 'ApplicationManagement',
    operation: isLess ? 'Unassign' : 'Assign',
    targets: [target(resource, resourceId), target(client, clientId)],
    object: target(client, clientId),
    changes: [
      {property: 'delegatedPermissionGrant.Scope', before, after},
      {property: 'delegatedPermissionGrant.ConsentType', before: before && consentType, after: after && consentType},
    ].filter((change) => change.before !== change.after),
    changed: ['oauth2PermissionGrants'],
  })
}
