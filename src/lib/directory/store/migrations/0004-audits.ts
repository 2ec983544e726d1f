import type {CreateTableBuilder, Kysely} from 'kysely'
import type {Migration} from 'kysely/migration'

const required =
  'activityDateTime activityDisplayName category operationType correlationId targetResources objectType objectId changedProperties'
const initiator =
  'initiatorUserId initiatorUserName initiatorUserPrincipalName initiatorAppId initiatorAppName initiatorServicePrincipalId'

/** What was changed, by whom: the audit log, which is the log of changes for delta queries as well; and what lists of sign-ins need. */
export const audits: Migration = {
  async up(db: Kysely<unknown>) {
    const table = db.schema
      .createTable('audits')
      .addColumn('sequence', 'integer', (column) => column.primaryKey().autoIncrement())
      .addColumn('tenantId', 'text', (column) => column.notNull().references('tenants.id').onDelete('cascade'))
    const columns = required
      .split(' ')
      .reduce((built, name) => built.addColumn(name, 'text', (column) => column.notNull()), table as Building)
    await initiator
      .split(' ')
      .reduce((built, name) => built.addColumn(name, 'text'), columns)
      .execute()
    await makeTargets(db)
    await changeSignIns(db)
    for (const [name, on, indexed] of [
      ['auditsByTime', 'audits', ['tenantId', 'activityDateTime', 'sequence']],
      ['auditsOfObjects', 'audits', ['tenantId', 'objectType', 'sequence']],
      ['auditTargetsById', 'auditTargets', ['targetId']],
      ['auditTargetsOfAudit', 'auditTargets', ['audit']],
      ['signInsById', 'signIns', ['correlationId']],
      ['signInsInOrder', 'signIns', ['tenantId', 'createdDateTime', 'sequence']],
    ] as const)
      await db.schema
        .createIndex(name)
        .on(on)
        .columns([...indexed])
        .execute()
  },
}

type Building = CreateTableBuilder<string, string>

async function makeTargets(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('auditTargets')
    .addColumn('audit', 'integer', (column) => column.notNull().references('audits.sequence').onDelete('cascade'))
    .addColumn('targetId', 'text', (column) => column.notNull())
    .addColumn('targetNameKey', 'text')
    .execute()
}

async function changeSignIns(db: Kysely<unknown>): Promise<void> {
  for (const name of ['appId', 'appDisplayName'])
    await db.schema.alterTable('signIns').addColumn(name, 'text').execute()
  await db.schema.dropIndex('signInsOfTenant').execute()
}
