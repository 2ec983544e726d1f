import type {Kysely} from 'kysely'
import type {Migration} from 'kysely/migration'

/** What OAuth needs: keys that sign, what users let applications do, devices and people who are signing in, and who failed to. */
export const oauth: Migration = {
  async up(db: Kysely<unknown>) {
    await makeKeys(db)
    await makeGrants(db)
    await makeDeviceCodes(db)
    await makeSignInRequests(db)
    await index(db, 'applications', 'appId')
    for (const column of ['ipAddress']) await db.schema.alterTable('signIns').addColumn(column, 'text').execute()
    await db.schema
      .alterTable('sessions')
      .addColumn('isBegunHere', 'integer', (column) => column.notNull().defaultTo(0))
      .execute()
  },
}

async function makeKeys(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('signingKeys')
    .addColumn('kid', 'text', (column) => column.primaryKey())
    .addColumn('privateKey', 'text', (column) => column.notNull())
    .addColumn('createdDateTime', 'text', (column) => column.notNull())
    .addColumn('signsFromDateTime', 'text', (column) => column.notNull())
    .addColumn('signsUntilDateTime', 'text', (column) => column.notNull())
    .addColumn('publishedUntilDateTime', 'text', (column) => column.notNull())
    .execute()
}

async function makeGrants(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('oauthGrants')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('tenantId', 'text', (column) => column.notNull().references('tenants.id').onDelete('cascade'))
    .addColumn('appId', 'text', (column) => column.notNull())
    .addColumn('userId', 'text', (column) => column.notNull().references('users.id').onDelete('cascade'))
    .addColumn('scope', 'text', (column) => column.notNull())
    .addColumn('authenticationMethods', 'text', (column) => column.notNull())
    .addColumn('authenticatedDateTime', 'text', (column) => column.notNull())
    .addColumn('clientKind', 'text', (column) => column.notNull())
    .addColumn('expiresDateTime', 'text', (column) => column.notNull())
    .execute()
  await db.schema
    .createTable('oauthCodes')
    .addColumn('codeHash', 'text', (column) => column.primaryKey())
    .addColumn('grantId', 'text', (column) => column.notNull().references('oauthGrants.id').onDelete('cascade'))
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('isUsed', 'integer', (column) => column.notNull())
    .addColumn('expiresDateTime', 'text', (column) => column.notNull())
    .addColumn('redirectUri', 'text')
    .addColumn('codeChallenge', 'text')
    .addColumn('nonce', 'text')
    .execute()
  await index(db, 'oauthGrants', 'userId')
  await index(db, 'oauthGrants', 'expiresDateTime')
  await index(db, 'oauthCodes', 'grantId')
}

async function makeDeviceCodes(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('deviceCodes')
    .addColumn('deviceCodeHash', 'text', (column) => column.primaryKey())
    .addColumn('userCode', 'text', (column) => column.notNull().unique())
    .addColumn('tenantId', 'text', (column) => column.references('tenants.id').onDelete('cascade'))
    .addColumn('appId', 'text', (column) => column.notNull())
    .addColumn('scope', 'text', (column) => column.notNull())
    .addColumn('expiresDateTime', 'text', (column) => column.notNull())
    .addColumn('lastPollDateTime', 'text')
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('grantId', 'text', (column) => column.references('oauthGrants.id').onDelete('cascade'))
    .execute()
  await index(db, 'deviceCodes', 'expiresDateTime')
  await index(db, 'deviceCodes', 'grantId')
}

async function makeSignInRequests(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('signInRequests')
    .addColumn('stateHash', 'text', (column) => column.primaryKey())
    .addColumn('cookieHash', 'text', (column) => column.notNull())
    .addColumn('request', 'text', (column) => column.notNull())
    .addColumn('expiresDateTime', 'text', (column) => column.notNull())
    .execute()
  await db.schema
    .createTable('signInFailures')
    .addColumn('key', 'text', (column) => column.primaryKey())
    .addColumn('failures', 'integer', (column) => column.notNull())
    .addColumn('lockedUntilDateTime', 'text')
    .addColumn('expiresDateTime', 'text', (column) => column.notNull())
    .execute()
  await index(db, 'signInRequests', 'expiresDateTime')
  await index(db, 'signInFailures', 'expiresDateTime')
}

const index = (db: Kysely<unknown>, table: string, column: string): Promise<void> =>
  db.schema
    .createIndex(`${table}By${column.charAt(0).toUpperCase()}${column.slice(1)}`)
    .on(table)
    .column(column)
    .execute()
