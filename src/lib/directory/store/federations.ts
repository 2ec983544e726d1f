import type {Insertable, Selectable, Updateable} from 'kysely'
import type {FederationTable, Queries} from './schema.ts'

/** What the directory believes of the identity provider of a domain. */
export type StoredFederation = Selectable<FederationTable>

/** The federation of one domain; undefined when the domain has none of its own. */
export const findFederation = (db: Queries, tenantId: string, domain: string): Promise<StoredFederation | undefined> =>
  db
    .selectFrom('federations')
    .selectAll()
    .where('tenantId', '=', tenantId)
    .where('domain', '=', domain)
    .executeTakeFirst()

/** The federation with an issuer, whichever tenant it belongs to. */
export const findByIssuer = (db: Queries, issuerUri: string): Promise<StoredFederation | undefined> =>
  db.selectFrom('federations').selectAll().where('issuerUri', '=', issuerUri).executeTakeFirst()

/** Makes a domain federated. */
export const addFederation = (db: Queries, federation: Insertable<FederationTable>): Promise<unknown> =>
  db.insertInto('federations').values(federation).execute()

/** Changes columns of one federation. */
export const changeFederation = (db: Queries, id: string, change: Updateable<FederationTable>): Promise<unknown> =>
  db.updateTable('federations').set(change).where('id', '=', id).execute()

/** Makes a domain managed. */
export const removeFederation = (db: Queries, tenantId: string, domain: string): Promise<unknown> =>
  db.deleteFrom('federations').where('tenantId', '=', tenantId).where('domain', '=', domain).execute()
