import type {Queries} from './schema.ts'
import {type StoredUser, usersOf} from './users.ts'

/** A user whose UPN or proxy address lies in a domain. */
export type DomainReference = Pick<StoredUser, 'id' | 'displayName' | 'userPrincipalName'>

/** The users that use a domain, deleted ones left out. */
export const listReferences = (db: Queries, tenantId: string, domain: string): Promise<DomainReference[]> =>
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
