import {type Migration, Migrator} from 'kysely/migration'
import {firstTables} from './migrations/0001-first-tables.ts'
import {signIns} from './migrations/0002-sign-ins.ts'
import {tokenRules} from './migrations/0003-token-rules.ts'
import {audits} from './migrations/0004-audits.ts'
import {objects} from './migrations/0005-objects.ts'
import {synchronizations} from './migrations/0006-synchronizations.ts'
import {microsoftGraph} from './migrations/0007-microsoft-graph.ts'
import {directoryRoles} from './migrations/0008-directory-roles.ts'
import {oauth} from './migrations/0009-oauth.ts'
import {deletedObjects} from './migrations/0010-deleted-objects.ts'
import {searchWords} from './migrations/0011-search-words.ts'
import {userIndexes} from './migrations/0012-user-indexes.ts'
import {objectIdentifier} from './migrations/0013-object-identifier.ts'
import type {Queries} from './schema.ts'

/** Every migration there has been, oldest first; one that was released never changes. */
export const migrations: Readonly<Record<string, Migration>> = {
  '0001-first-tables': firstTables,
  '0002-sign-ins': signIns,
  '0003-token-rules': tokenRules,
  '0004-audits': audits,
  '0005-objects': objects,
  '0006-synchronizations': synchronizations,
  '0007-microsoft-graph': microsoftGraph,
  '0008-directory-roles': directoryRoles,
  '0009-oauth': oauth,
  '0010-deleted-objects': deletedObjects,
  '0011-search-words': searchWords,
  '0012-user-indexes': userIndexes,
  '0013-object-identifier': objectIdentifier,
}

/**
 * Brings the tables up to date inside a change that is under way, so all or nothing and one process after the other. `schema` is where the
 * database keeps them, if it has schemas.
 */
export async function migrate(change: Queries, schema?: string): Promise<void> {
  const {error} = await new Migrator({
    db: change,
    provider: {getMigrations: async () => ({...migrations})},
    ...(schema === undefined ? {} : {migrationTableSchema: schema}),
  }).migrateToLatest()
  if (error !== undefined) throw error
}
