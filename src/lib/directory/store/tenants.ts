import type {Insertable, Selectable, Updateable} from 'kysely'
import type {Queries, TenantTable} from './schema.ts'
import {writtenOnce} from './written-once.ts'

/** A tenant as it is stored. */
export type Tenant = Selectable<TenantTable>

/** Every tenant, oldest first, with its initial domain. */
export const listTenants = (db: Queries): Promise<TenantWithDomain[]> =>
  withInitialDomain(db).orderBy('tenants.createdDateTime').orderBy('tenants.id').execute()

/** A tenant and the name of its initial domain. */
export type TenantWithDomain = Tenant & {initialDomain: string}

/** By id, or by the name of the initial domain. */
export const findTenantBy = (db: Queries, identity: string): Promise<TenantWithDomain | undefined> =>
  withInitialDomain(db)
    .where((is) => is.or([is('tenants.id', '=', identity), is('domains.name', '=', identity)]))
    .executeTakeFirst()

const withInitialDomain = (db: Queries) =>
  db
    .selectFrom('tenants')
    .innerJoin('domains', (join) => join.onRef('domains.tenantId', '=', 'tenants.id').on('domains.isInitial', '=', 1))
    .selectAll('tenants')
    .select('domains.name as initialDomain')

/** A tenant by its id. */
export const findTenant = async (db: Queries, id: string): Promise<Tenant | undefined> => (await tenantOf(db, id))[0]

const tenantOf = writtenOnce((db, id: string) => db.selectFrom('tenants').selectAll().where('id', '=', id))

/** Adds a tenant, without any domain yet. */
export const addTenant = (db: Queries, tenant: Insertable<TenantTable>): Promise<unknown> =>
  db.insertInto('tenants').values(tenant).execute()

/** Changes columns of one tenant. */
export const changeTenant = (db: Queries, id: string, change: Updateable<TenantTable>): Promise<unknown> =>
  db.updateTable('tenants').set(change).where('id', '=', id).execute()

/** Removes a tenant and everything in it. */
export const removeTenant = (db: Queries, id: string): Promise<unknown> =>
  db.deleteFrom('tenants').where('id', '=', id).execute()
