import {sql} from 'kysely'
import {applicationResource} from '../rules/application-properties.ts'
import {usesDomain} from '../rules/application-rules.ts'
import {groupResource} from '../rules/group-properties.ts'
import type {Resource} from '../rules/resource.ts'
import {userResource} from '../rules/user-properties.ts'
import {readList} from './read-list.ts'
import type {Queries} from './schema.ts'
import {usersOf} from './users.ts'

/** An object that uses a domain: its kind, and its names. */
export interface DomainReference {
  readonly resource: Resource
  readonly id: string
  readonly displayName: string
  readonly userPrincipalName?: string
}

/** What uses a domain: users by UPN or proxy address, groups by address, applications by URI; deleted ones left out. */
export async function listReferences(db: Queries, tenantId: string, domain: string): Promise<DomainReference[]> {
  const users = await listUsers(db, tenantId, domain)
  const groups = await listGroups(db, tenantId, domain)
  const applications = await listApplications(db, tenantId, domain)
  return [
    ...users.map((user) => ({resource: userResource, ...user})),
    ...groups.map((group) => ({resource: groupResource, ...group})),
    ...applications.map((application) => ({resource: applicationResource, ...application})),
  ]
}

const listUsers = (db: Queries, tenantId: string, domain: string) =>
  usersOf(db, tenantId)
    .select(['id', 'displayName', 'userPrincipalName'])
    .where((is) =>
      is.or([
        is('upnDomain', '=', domain),
        is(
          'id',
          'in',
          is
            .selectFrom('userAddresses')
            .select('userId')
            .where('property', '=', 'proxyAddresses')
            .where('domain', '=', domain),
        ),
      ]),
    )
    .orderBy('createdDateTime')
    .orderBy('id')
    .execute()

const listGroups = (db: Queries, tenantId: string, domain: string) =>
  db
    .selectFrom('groups')
    .select(['id', 'displayName'])
    .where('tenantId', '=', tenantId)
    .where('deletedDateTime', 'is', null)
    .where('id', 'in', holders(db, {tenantId, property: 'proxyAddresses', pattern: `%@${escaped(domain)}`}))
    .orderBy('createdDateTime')
    .orderBy('id')
    .execute()

async function listApplications(db: Queries, tenantId: string, domain: string) {
  const near = await db
    .selectFrom('applications')
    .select(['id', 'displayName', 'identifierUris'])
    .where('tenantId', '=', tenantId)
    .where('deletedDateTime', 'is', null)
    .where('id', 'in', holders(db, {tenantId, property: 'identifierUris', pattern: `%${escaped(domain)}%`}))
    .orderBy('createdDateTime')
    .orderBy('id')
    .execute()
  return near
    .filter(({identifierUris}) => readList(identifierUris).some((uri) => usesDomain(uri, domain)))
    .map(({id, displayName}) => ({id, displayName}))
}

interface Sought {
  readonly tenantId: string
  readonly property: string
  readonly pattern: string
}

const holders = (db: Queries, {tenantId, property, pattern}: Sought) =>
  db
    .selectFrom('objectValues')
    .select('objectId')
    .where('objectValues.tenantId', '=', tenantId)
    .where('property', '=', property)
    .where(sql<boolean>`${sql.ref('valueKey')} like ${pattern} escape '\\'`)

const escaped = (domain: string): string => domain.replaceAll(/[\\%_]/g, '\\$&')
