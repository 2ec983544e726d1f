import type {Selectable, Updateable} from 'kysely'
import type {DeviceCodeTable} from './oauth-tables.ts'
import type {Queries} from './schema.ts'

/** A device that waits, as it is stored. */
export type StoredDeviceCode = Selectable<DeviceCodeTable>

// Whoever asks with a code that has ended is told so for a while.
const keptMilliseconds = 3600_000
// Anybody who knows an application can begin as often as there is time for: that must not fill the disk.
const mostKept = 20_000

/** Lets a device wait, and forgets those that ended a while ago or are too many; false when the code for the user is taken. */
export async function addDeviceCode(db: Queries, code: StoredDeviceCode, now: Date): Promise<boolean> {
  const oldest = await db
    .selectFrom('deviceCodes')
    .select('expiresDateTime')
    .orderBy('expiresDateTime', 'desc')
    .offset(mostKept)
    .limit(1)
    .executeTakeFirst()
  const past = new Date(now.getTime() - keptMilliseconds).toISOString()
  const ended = [past, oldest?.expiresDateTime ?? ''].toSorted().at(-1) ?? ''
  await db.deleteFrom('deviceCodes').where('expiresDateTime', '<=', ended).execute()
  const {numInsertedOrUpdatedRows} = await db
    .insertInto('deviceCodes')
    .values(code)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow()
  return numInsertedOrUpdatedRows === 1n
}

/** A device that waits, by the code it has or by the one that its user types. */
export const findDeviceCode = (
  db: Queries,
  by: 'deviceCodeHash' | 'userCode',
  value: string,
): Promise<StoredDeviceCode | undefined> =>
  db.selectFrom('deviceCodes').selectAll().where(by, '=', value).executeTakeFirst()

/** Changes what is known of a device. */
export const changeDeviceCode = (
  db: Queries,
  deviceCodeHash: string,
  change: Updateable<DeviceCodeTable>,
): Promise<unknown> => db.updateTable('deviceCodes').set(change).where('deviceCodeHash', '=', deviceCodeHash).execute()

/** The device has what it waited for. */
export const removeDeviceCode = (db: Queries, deviceCodeHash: string): Promise<unknown> =>
  db.deleteFrom('deviceCodes').where('deviceCodeHash', '=', deviceCodeHash).execute()
