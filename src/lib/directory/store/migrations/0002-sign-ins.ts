import {type Kysely, sql} from 'kysely'
import type {Migration} from 'kysely/migration'

/** What signing in needs: the policy of a tenant, tokens that were used, sessions, and who came or was refused. */
export const signIns: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('tokenValidationPolicies')
      .addColumn('tenantId', 'text', (column) => column.primaryKey().references('tenants.id').onDelete('cascade'))
      .addColumn('rootDomains', 'text', (column) => column.notNull())
      .addColumn('domainNames', 'text', (column) => column.notNull())
      .execute()
    // Of no tenant: a token stays used when its trust goes and comes again.
    await db.schema
      .createTable('usedTokens')
      .addColumn('tokenHash', 'text', (column) => column.primaryKey())
      .addColumn('expiresDateTime', 'text', (column) => column.notNull())
      .execute()
    await db.schema.createIndex('usedTokensByExpiry').on('usedTokens').column('expiresDateTime').execute()
    await makeSessions(db)
    await makeSignIns(db)
  },
}

async function makeSessions(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('sessions')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('tenantId', 'text', (column) => column.notNull().references('tenants.id').onDelete('cascade'))
    .addColumn('userId', 'text', (column) => column.notNull().references('users.id').onDelete('cascade'))
    .addColumn('secretHash', 'text', (column) => column.notNull().unique())
    .addColumn('createdDateTime', 'text', (column) => column.notNull())
    .addColumn('expiresDateTime', 'text', (column) => column.notNull())
    .addColumn('authenticationMethod', 'text')
    .addColumn('isMultiFactor', 'integer', (column) => column.notNull())
    .execute()
  for (const [name, column] of [
    ['sessionsOfUser', 'userId'],
    ['sessionsByExpiry', 'expiresDateTime'],
  ] as const)
    await db.schema.createIndex(name).on('sessions').column(column).execute()
}

async function makeSignIns(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('signIns')
    .addColumn('sequence', 'integer', (column) => column.primaryKey().autoIncrement())
    .addColumn('createdDateTime', 'text', (column) => column.notNull())
    .addColumn('correlationId', 'text', (column) => column.notNull())
    .addColumn('tenantId', 'text', (column) => column.references('tenants.id').onDelete('cascade'))
    .addColumn('userId', 'text')
    .addColumn('userPrincipalName', 'text')
    .addColumn('issuer', 'text')
    .addColumn('errorCode', 'integer', (column) => column.notNull())
    .addColumn('failureReason', 'text')
    .execute()
  await db.schema.createIndex('signInsOfTenant').on('signIns').columns(['tenantId', 'createdDateTime']).execute()
  await db.schema.createIndex('signInsByTime').on('signIns').column('createdDateTime').execute()
  const refused = db.schema.createIndex('signInsRefused').on('signIns').column('sequence')
  await refused.where(sql.ref('errorCode'), '<>', 0).execute()
}
