import type {Insertable, Selectable} from 'kysely'
import type {ApplicationKeyTable, ApplicationSecretTable} from './object-tables.ts'
import type {Queries} from './schema.ts'

/** A secret of an application or of a service principal, as far as it is kept. */
export type StoredSecret = Selectable<ApplicationSecretTable>

/** A certificate of an application or of a service principal. */
export type StoredKey = Selectable<ApplicationKeyTable>

/** What several applications or service principals sign in with, oldest first, whether it is valid or not. */
export const listSecrets = (db: Queries, ownerIds: readonly string[]): Promise<StoredSecret[]> =>
  db
    .selectFrom('applicationSecrets')
    .selectAll()
    .where('ownerId', 'in', [...ownerIds])
    .orderBy('startDateTime')
    .orderBy('keyId')
    .execute()

/** As listSecrets, for certificates. */
export const listKeys = (db: Queries, ownerIds: readonly string[]): Promise<StoredKey[]> =>
  db
    .selectFrom('applicationKeys')
    .selectAll()
    .where('ownerId', 'in', [...ownerIds])
    .orderBy('startDateTime')
    .orderBy('keyId')
    .execute()

/** Adds a secret. */
export const addSecret = (db: Queries, secret: Insertable<ApplicationSecretTable>): Promise<unknown> =>
  db.insertInto('applicationSecrets').values(secret).execute()

/** Adds certificates. */
export async function addKeys(db: Queries, keys: readonly Insertable<ApplicationKeyTable>[]): Promise<void> {
  if (keys.length > 0) await db.insertInto('applicationKeys').values(keys).execute()
}

/** Which credential, and whose. */
export interface CredentialKey {
  readonly ownerId: string
  readonly keyId: string
}

/** Removes a secret or a certificate; false when its owner has none by this id. */
export async function removeCredential(
  db: Queries,
  table: 'applicationSecrets' | 'applicationKeys',
  {ownerId, keyId}: CredentialKey,
): Promise<boolean> {
  const {numDeletedRows} = await db
    .deleteFrom(table)
    .where('ownerId', '=', ownerId)
    .where('keyId', '=', keyId)
    .executeTakeFirstOrThrow()
  return numDeletedRows > 0n
}
