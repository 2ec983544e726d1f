import {type Synchronization, usualSynchronization} from '../rules/synchronization.ts'
import {readJsonColumn} from './read-list.ts'
import type {Queries} from './schema.ts'

/** What a tenant says about its synchronisation. */
export async function getSynchronization(db: Queries, tenantId: string): Promise<Synchronization> {
  const row = await db.selectFrom('synchronizations').selectAll().where('tenantId', '=', tenantId).executeTakeFirst()
  if (row === undefined) return usualSynchronization
  const {alertThreshold, synchronizationPreventionType, features} = row
  const given = readJsonColumn(features) as Record<string, boolean>
  return {alertThreshold, synchronizationPreventionType, features: {...usualSynchronization.features, ...given}}
}

/** Keeps what a tenant says about its synchronisation. */
export async function putSynchronization(db: Queries, tenantId: string, wanted: Synchronization): Promise<void> {
  const row = {...wanted, features: JSON.stringify(wanted.features)}
  await db
    .insertInto('synchronizations')
    .values({tenantId, ...row})
    .onConflict((conflict) => conflict.column('tenantId').doUpdateSet(row))
    .execute()
}
