import type {Selectable} from 'kysely'
import type {ApplicationTable, Queries, ServicePrincipalTable} from './schema.ts'
import {writtenOnce} from './written-once.ts'

/** An application where it is registered, and as one tenant uses it. */
export interface Client {
  readonly application: Selectable<ApplicationTable>
  readonly servicePrincipal: Selectable<ServicePrincipalTable>
}

/** An application by its application id, in whichever tenant it is registered. */
export const findRegistration = async (db: Queries, appId: string): Promise<Client['application'] | undefined> =>
  (await registrationOf(db, appId))[0]

const registrationOf = writtenOnce((db, appId: string) =>
  db.selectFrom('applications').selectAll().where('appId', '=', appId).where('deletedDateTime', 'is', null),
)

/** The service principal of an application in a tenant. */
export const findPrincipalOf = async (
  db: Queries,
  tenantId: string,
  appId: string,
): Promise<Client['servicePrincipal'] | undefined> => (await principalOf(db, tenantId, appId))[0]

const principalOf = writtenOnce((db, tenantId: string, appId: string) =>
  db
    .selectFrom('servicePrincipals')
    .selectAll()
    .where('tenantId', '=', tenantId)
    .where('appId', '=', appId)
    .where('deletedDateTime', 'is', null),
)

/** The service principal that has a name, in a form in which names are compared. */
export const findByName = async (
  db: Queries,
  tenantId: string,
  nameKey: string,
): Promise<Client['servicePrincipal'] | undefined> =>
  db
    .selectFrom('servicePrincipals')
    .innerJoin('objectValues', 'objectValues.objectId', 'servicePrincipals.id')
    .selectAll('servicePrincipals')
    .where('servicePrincipals.tenantId', '=', tenantId)
    .where('servicePrincipals.deletedDateTime', 'is', null)
    .where('objectValues.tenantId', '=', tenantId)
    .where('objectValues.property', '=', 'servicePrincipalNames')
    .where('objectValues.valueKey', '=', nameKey)
    .executeTakeFirst()

/** Who has the secrets and certificates of a client. */
export const ownersOf = ({application, servicePrincipal}: Client): readonly string[] => [
  application.id,
  servicePrincipal.id,
]

/** The ids of the roles of a resource that somebody was given. */
export async function listAppRoles(
  db: Queries,
  {principalId, resourceId}: {readonly principalId: string; readonly resourceId: string},
): Promise<string[]> {
  const rows = await db
    .selectFrom('appRoleAssignments')
    .select('appRoleId')
    .where('principalId', '=', principalId)
    .where('resourceId', '=', resourceId)
    .execute()
  return rows.map(({appRoleId}) => appRoleId)
}

/** The scopes of a resource that an application may use for a user: those given for all and for this one. */
export async function listGrantedScopes(
  db: Queries,
  {clientId, resourceId, userId}: {readonly clientId: string; readonly resourceId: string; readonly userId: string},
): Promise<string[]> {
  const rows = await db
    .selectFrom('permissionGrants')
    .select('scope')
    .where('clientId', '=', clientId)
    .where('resourceId', '=', resourceId)
    .where((is) => is.or([is('consentType', '=', 'AllPrincipals'), is('principalId', '=', userId)]))
    .execute()
  return [...new Set(rows.flatMap(({scope}) => scope.split(' ')).filter((scope) => scope !== ''))]
}
