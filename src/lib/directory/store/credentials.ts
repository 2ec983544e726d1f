import type {Insertable, Selectable} from 'kysely'
import type {CredentialTable, Queries} from './schema.ts'

/** The password of a user, where the directory keeps one. */
export const findCredential = (db: Queries, userId: string): Promise<Selectable<CredentialTable> | undefined> =>
  db.selectFrom('credentials').selectAll().where('userId', '=', userId).executeTakeFirst()

/** Gives a user a password in place of the one that was. */
export const putCredential = (db: Queries, credential: Insertable<CredentialTable>): Promise<unknown> =>
  db
    .insertInto('credentials')
    .values(credential)
    .onConflict((conflict) => conflict.column('userId').doUpdateSet(credential))
    .execute()

/** Changes when a password must be changed; a user without one is left as it is. */
export const changeForcing = (
  db: Queries,
  userId: string,
  forcing: Partial<
    Pick<Insertable<CredentialTable>, 'forceChangePasswordNextSignIn' | 'forceChangePasswordNextSignInWithMfa'>
  >,
): Promise<unknown> => db.updateTable('credentials').set(forcing).where('userId', '=', userId).execute()
