import type {Insertable, Selectable, Updateable} from 'kysely'
import type {DomainTable, Queries} from './schema.ts'
import {writtenOnce} from './written-once.ts'

/** A domain of a tenant. It is federated when its root has a federation. */
export type StoredDomain = Selectable<DomainTable> & {readonly federationId: string | null}

const domains = (db: Queries, tenantId: string) =>
  db
    .selectFrom('domains')
    .leftJoin('federations', (join) =>
      join
        .onRef('federations.tenantId', '=', 'domains.tenantId')
        .on((is) => is('federations.domain', '=', is.fn.coalesce('domains.root', 'domains.name'))),
    )
    .selectAll('domains')
    .select('federations.id as federationId')
    .where('domains.tenantId', '=', tenantId)

/** The domains of a tenant by name, the initial one first. */
export const listDomains = (db: Queries, tenantId: string): Promise<StoredDomain[]> =>
  domains(db, tenantId).orderBy('domains.isInitial', 'desc').orderBy('domains.name').execute()

/** One domain of a tenant, verified or not; `name` in lower case. */
export const findDomain = async (db: Queries, tenantId: string, name: string): Promise<StoredDomain | undefined> =>
  (await domainOf(db, tenantId, name))[0]

const domainOf = writtenOnce((db, tenantId: string, name: string) =>
  domains(db, tenantId).where('domains.name', '=', name),
)

/** The domain of the one tenant that has proved a name to be its own; `name` in lower case. */
export async function findVerifiedDomain(db: Queries, name: string): Promise<StoredDomain | undefined> {
  const row = await db
    .selectFrom('domains')
    .select('tenantId')
    .where('name', '=', name)
    .where('isVerified', '=', 1)
    .executeTakeFirst()
  return row && findDomain(db, row.tenantId, name)
}

/** Whether any tenant has proved that a name is its own. */
export const isVerifiedAnywhere = async (db: Queries, name: string): Promise<boolean> =>
  (await findVerifiedDomain(db, name)) !== undefined

/** The root that a new name of this tenant would follow: that of the nearest verified domain above it. */
export async function findRootAbove(db: Queries, tenantId: string, name: string): Promise<string | undefined> {
  const labels = name.split('.')
  const above = labels.map((_, index) => labels.slice(index).join('.')).slice(1)
  const verified = await db
    .selectFrom('domains')
    .select(['name', 'root'])
    .where('tenantId', '=', tenantId)
    .where('isVerified', '=', 1)
    .where('name', 'in', above)
    .execute()
  const nearest = above.map((parent) => verified.find((row) => row.name === parent)).find((row) => row !== undefined)
  return nearest?.root ?? nearest?.name
}

/** The domains that lie below a name in a tenant. */
export const listBelow = (db: Queries, tenantId: string, name: string): Promise<StoredDomain[]> =>
  domains(db, tenantId).where('domains.name', 'like', `%.${name}`).orderBy('domains.name').execute()

/** The domains that take their settings from a root. */
export const listFollowers = (db: Queries, {tenantId, name}: StoredDomain): Promise<StoredDomain[]> =>
  domains(db, tenantId).where('domains.root', '=', name).orderBy('domains.name').execute()

/** Adds a domain to its tenant. */
export const addDomain = (db: Queries, domain: Insertable<DomainTable>): Promise<unknown> =>
  db.insertInto('domains').values(domain).execute()

/** Changes columns of one domain. */
export const changeDomain = (
  db: Queries,
  {tenantId, name}: Pick<StoredDomain, 'tenantId' | 'name'>,
  change: Updateable<DomainTable>,
): Promise<unknown> =>
  db.updateTable('domains').set(change).where('tenantId', '=', tenantId).where('name', '=', name).execute()

/** Makes a domain the default one in place of the one that was. */
export async function makeDefault(db: Queries, domain: StoredDomain): Promise<void> {
  await db.updateTable('domains').set({isDefault: false}).where('tenantId', '=', domain.tenantId).execute()
  await changeDomain(db, domain, {isDefault: true})
}

/** Removes a domain, and its federation with it. */
export const removeDomain = (db: Queries, {tenantId, name}: StoredDomain): Promise<unknown> =>
  db.deleteFrom('domains').where('tenantId', '=', tenantId).where('name', '=', name).execute()
