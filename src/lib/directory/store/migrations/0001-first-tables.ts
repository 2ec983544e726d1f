import {type CreateTableBuilder, type Kysely, sql} from 'kysely'
import type {Migration} from 'kysely/migration'

/** Tenants with their domains, federations, users and roles. */
export const firstTables: Migration = {
  async up(db: Kysely<unknown>) {
    await makeTenants(db)
    await makeDomains(db)
    await makeFederations(db)
    await makeUsers(db)
    await makeRoles(db)
  },
}

type Building = CreateTableBuilder<string, string>

const texts = (table: Building, names: readonly string[]): Building =>
  names.reduce((built, name) => built.addColumn(name, 'text'), table)

const lists = (table: Building, names: readonly string[]): Building =>
  names.reduce((built, name) => built.addColumn(name, 'text', (column) => column.notNull().defaultTo('[]')), table)

/** A row that goes when its tenant goes. */
const ofTenant = (db: Kysely<unknown>, name: string): Building =>
  db.schema
    .createTable(name)
    .addColumn('tenantId', 'text', (column) =>
      column.notNull().references('tenants.id').onDelete('cascade'),
    ) as Building

async function makeTenants(db: Kysely<unknown>): Promise<void> {
  const table = db.schema
    .createTable('tenants')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('displayName', 'text', (column) => column.notNull())
    .addColumn('createdDateTime', 'text', (column) => column.notNull())
    .addColumn('domainVerification', 'text', (column) => column.notNull())
    .addColumn('onPremisesSyncEnabled', 'integer') as Building
  const contact = ['city', 'country', 'countryLetterCode', 'postalCode', 'preferredLanguage', 'state', 'street']
  const synchronisation = ['onPremisesLastPasswordSyncDateTime', 'onPremisesLastSyncDateTime']
  const notified = ['marketingNotificationEmails', 'technicalNotificationMails']
  const security = ['securityComplianceNotificationMails', 'securityComplianceNotificationPhones']
  await lists(texts(table, [...contact, ...synchronisation]), ['businessPhones', ...notified, ...security]).execute()
}

async function makeDomains(db: Kysely<unknown>): Promise<void> {
  await ofTenant(db, 'domains')
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('root', 'text')
    .addColumn('isVerified', 'integer', (column) => column.notNull())
    .addColumn('isDefault', 'integer', (column) => column.notNull())
    .addColumn('isInitial', 'integer', (column) => column.notNull())
    .addColumn('supportedServices', 'text', (column) => column.notNull())
    .addColumn('passwordValidityPeriodInDays', 'integer', (column) => column.notNull())
    .addColumn('passwordNotificationWindowInDays', 'integer', (column) => column.notNull())
    .addColumn('verificationCode', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('domainsKey', ['tenantId', 'name'])
    .execute()
  // A name belongs to the one tenant that has proved it.
  const verified = db.schema.createIndex('domainsVerified').unique().on('domains').column('name')
  await verified.where(sql.ref('isVerified'), '=', 1).execute()
  const byDefault = db.schema.createIndex('domainsDefault').unique().on('domains').column('tenantId')
  await byDefault.where(sql.ref('isDefault'), '=', 1).execute()
}

async function makeFederations(db: Kysely<unknown>): Promise<void> {
  const addresses = ['activeSignInUri', 'metadataExchangeUri', 'passwordResetUri', 'signOutUri']
  const choices = ['federatedIdpMfaBehavior', 'preferredAuthenticationProtocol', 'promptLoginBehavior']
  const table = ofTenant(db, 'federations')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('domain', 'text', (column) => column.notNull())
    .addColumn('issuerUri', 'text', (column) => column.notNull().unique())
    .addColumn('passiveSignInUri', 'text', (column) => column.notNull())
    .addColumn('signingCertificate', 'text', (column) => column.notNull())
    .addColumn('isSignedAuthenticationRequestRequired', 'integer') as Building
  await texts(table, [...addresses, ...choices, 'displayName', 'nextSigningCertificate'])
    .addUniqueConstraint('federationsDomain', ['tenantId', 'domain'])
    .addForeignKeyConstraint('federationsOfDomain', ['tenantId', 'domain'], 'domains', ['tenantId', 'name'], (key) =>
      key.onDelete('cascade'),
    )
    .execute()
}

const userTexts = (
  'deletedDateTime city companyName country department employeeId faxNumber givenName jobTitle lastPasswordChangeDateTime mail ' +
  'mailNickname mobilePhone officeLocation onPremisesDistinguishedName onPremisesDomainName onPremisesImmutableId ' +
  'onPremisesLastSyncDateTime onPremisesSamAccountName onPremisesSecurityIdentifier onPremisesUserPrincipalName passwordPolicies ' +
  'postalCode preferredDataLocation preferredLanguage signInSessionsValidFromDateTime state streetAddress surname usageLocation userType'
).split(' ')

async function makeUsers(db: Kysely<unknown>): Promise<void> {
  const table = ofTenant(db, 'users')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('createdDateTime', 'text', (column) => column.notNull())
    .addColumn('displayName', 'text', (column) => column.notNull())
    .addColumn('displayNameKey', 'text', (column) => column.notNull())
    .addColumn('userPrincipalName', 'text', (column) => column.notNull())
    .addColumn('upnKey', 'text', (column) => column.notNull())
    .addColumn('upnDomain', 'text', (column) => column.notNull())
    .addColumn('accountEnabled', 'integer')
    .addColumn('onPremisesSyncEnabled', 'integer') as Building
  await lists(texts(table, userTexts), ['businessPhones', 'otherMails', 'proxyAddresses']).execute()
  // Deleted users keep their names, and others may take them meanwhile.
  for (const [name, columns, unique] of [
    ['usersUpn', ['tenantId', 'upnKey'], true],
    ['usersImmutableId', ['tenantId', 'onPremisesImmutableId'], true],
    ['usersInOrder', ['tenantId', 'createdDateTime', 'id'], false],
    ['usersByName', ['tenantId', 'displayNameKey', 'id'], false],
    ['usersByDomain', ['tenantId', 'upnDomain'], false],
  ] as const) {
    const index = db.schema
      .createIndex(name)
      .on('users')
      .columns([...columns])
    await (unique ? index.unique() : index).where(sql.ref('deletedDateTime'), 'is', null).execute()
  }
  await db.schema.createIndex('usersDeleted').on('users').columns(['tenantId', 'deletedDateTime']).execute()
  await db.schema
    .createTable('userAddresses')
    .addColumn('userId', 'text', (column) => column.notNull().references('users.id').onDelete('cascade'))
    .addColumn('property', 'text', (column) => column.notNull())
    .addColumn('addressKey', 'text', (column) => column.notNull())
    .addColumn('domain', 'text')
    .addPrimaryKeyConstraint('userAddressesKey', ['userId', 'property', 'addressKey'])
    .execute()
  for (const column of ['addressKey', 'domain'])
    await db.schema.createIndex(`userAddresses-${column}`).on('userAddresses').column(column).execute()
  await db.schema
    .createTable('credentials')
    .addColumn('userId', 'text', (column) => column.primaryKey().references('users.id').onDelete('cascade'))
    .addColumn('passwordHash', 'text', (column) => column.notNull())
    .addColumn('forceChangePasswordNextSignIn', 'integer', (column) => column.notNull())
    .addColumn('forceChangePasswordNextSignInWithMfa', 'integer', (column) => column.notNull())
    .execute()
}

async function makeRoles(db: Kysely<unknown>): Promise<void> {
  await ofTenant(db, 'roles')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('roleTemplateId', 'text', (column) => column.notNull())
    .addUniqueConstraint('rolesOfTenant', ['tenantId', 'roleTemplateId'])
    .execute()
  await db.schema
    .createTable('roleMembers')
    .addColumn('roleId', 'text', (column) => column.notNull().references('roles.id').onDelete('cascade'))
    .addColumn('userId', 'text', (column) => column.notNull().references('users.id').onDelete('cascade'))
    .addPrimaryKeyConstraint('roleMembersKey', ['roleId', 'userId'])
    .execute()
  await db.schema.createIndex('roleMembersByUser').on('roleMembers').column('userId').execute()
}
