import {type CreateTableBuilder, type Kysely, sql} from 'kysely'
import type {Migration} from 'kysely/migration'

/** Groups, devices, applications and service principals, what links them, and with what applications sign in. */
export const objects: Migration = {
  async up(db: Kysely<unknown>) {
    for (const [name, {flags = '', ...columns}] of Object.entries(kinds))
      await makeObjects(db, name, {...columns, flags})
    await makeValues(db)
    await makeLinks(db)
    await makeCredentials(db)
    await makeGrants(db)
  },
}

type Building = CreateTableBuilder<string, string>

interface Columns {
  readonly texts: string
  readonly lists: string
  readonly flags: string
}

const kinds: Readonly<Record<string, Omit<Columns, 'flags'> & {readonly flags?: string}>> = {
  groups: {
    texts:
      'classification description mail mailNickname membershipRule membershipRuleProcessingState onPremisesDomainName onPremisesLastSyncDateTime onPremisesNetBiosName onPremisesSamAccountName onPremisesSecurityIdentifier preferredDataLocation preferredLanguage renewedDateTime securityIdentifier uniqueName visibility',
    lists: 'groupTypes proxyAddresses',
    flags: 'isAssignableToRole mailEnabled onPremisesSyncEnabled securityEnabled',
  },
  devices: {
    texts:
      'approximateLastSignInDateTime complianceExpirationDateTime deviceCategory deviceId deviceMetadata deviceOwnership manufacturer mdmAppId model onPremisesLastSyncDateTime onPremisesSecurityIdentifier operatingSystem operatingSystemVersion profileType registrationDateTime trustType',
    lists: 'alternativeSecurityIds physicalIds systemLabels',
    flags: 'accountEnabled deviceVersion isCompliant isManaged onPremisesSyncEnabled',
  },
  applications: {
    texts:
      'api appId applicationTemplateId defaultRedirectUri description disabledByMicrosoftStatus groupMembershipClaims info notes optionalClaims parentalControlSettings publicClient publisherDomain samlMetadataUrl serviceManagementReference signInAudience spa tokenEncryptionKeyId uniqueName web',
    lists: 'appRoles identifierUris requiredResourceAccess tags',
    flags: 'isDeviceOnlyAuthSupported isFallbackPublicClient',
  },
  servicePrincipals: {
    texts:
      'appDescription appDisplayName appId appOwnerOrganizationId applicationTemplateId description disabledByMicrosoftStatus homepage info loginUrl logoutUrl notes preferredSingleSignOnMode preferredTokenSigningKeyThumbprint samlSingleSignOnSettings servicePrincipalType signInAudience tokenEncryptionKeyId',
    lists:
      'alternativeNames appRoles notificationEmailAddresses oauth2PermissionScopes replyUrls servicePrincipalNames tags',
    flags: 'accountEnabled appRoleAssignmentRequired',
  },
}

const words = (text: string): string[] => text.split(' ').filter((word) => word !== '')

async function makeObjects(db: Kysely<unknown>, name: string, {texts, lists, flags}: Columns): Promise<void> {
  let table: Building = db.schema
    .createTable(name)
    .addColumn('tenantId', 'text', (column) => column.notNull().references('tenants.id').onDelete('cascade'))
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('createdDateTime', 'text', (column) => column.notNull())
    .addColumn('deletedDateTime', 'text')
    .addColumn('displayName', 'text', (column) => column.notNull())
    .addColumn('displayNameKey', 'text', (column) => column.notNull())
  for (const text of words(texts)) table = table.addColumn(text, 'text')
  for (const flag of words(flags)) table = table.addColumn(flag, 'integer')
  for (const list of words(lists)) table = table.addColumn(list, 'text', (column) => column.notNull().defaultTo('[]'))
  await table.execute()
  for (const [ending, columns] of [
    ['InOrder', ['tenantId', 'createdDateTime', 'id']],
    ['ByName', ['tenantId', 'displayNameKey', 'id']],
  ] as const) {
    const index = db.schema
      .createIndex(`${name}${ending}`)
      .on(name)
      .columns([...columns])
    await index.where(sql.ref('deletedDateTime'), 'is', null).execute()
  }
  const key = ({devices: 'deviceId', applications: 'appId', servicePrincipals: 'appId'} as Record<string, string>)[name]
  if (key === undefined) return
  const index = db.schema.createIndex(`${name}Key`).unique().on(name).columns(['tenantId', key])
  await index.where(sql.ref('deletedDateTime'), 'is', null).execute()
}

/** The values of lists one by one, as they are searched for. */
async function makeValues(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('objectValues')
    .addColumn('tenantId', 'text', (column) => column.notNull().references('tenants.id').onDelete('cascade'))
    .addColumn('objectId', 'text', (column) => column.notNull())
    .addColumn('property', 'text', (column) => column.notNull())
    .addColumn('valueKey', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('objectValuesKey', ['objectId', 'property', 'valueKey'])
    .execute()
  const index = db.schema.createIndex('objectValuesByValue').on('objectValues')
  await index.columns(['tenantId', 'property', 'valueKey']).execute()
}

/** Who belongs to what: members and owners of groups, owners of applications, owners and users of devices, managers of users. */
async function makeLinks(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('objectLinks')
    .addColumn('tenantId', 'text', (column) => column.notNull().references('tenants.id').onDelete('cascade'))
    .addColumn('objectId', 'text', (column) => column.notNull())
    .addColumn('property', 'text', (column) => column.notNull())
    .addColumn('targetType', 'text', (column) => column.notNull())
    .addColumn('targetId', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('objectLinksKey', ['objectId', 'property', 'targetId'])
    .execute()
  await db.schema.createIndex('objectLinksByTarget').on('objectLinks').columns(['targetId', 'property']).execute()
}

async function makeCredentials(db: Kysely<unknown>): Promise<void> {
  const own = (name: string): Building =>
    db.schema
      .createTable(name)
      .addColumn('tenantId', 'text', (column) => column.notNull().references('tenants.id').onDelete('cascade'))
      .addColumn('ownerId', 'text', (column) => column.notNull())
      .addColumn('keyId', 'text', (column) => column.notNull())
      .addColumn('displayName', 'text')
      .addColumn('startDateTime', 'text', (column) => column.notNull())
      .addColumn('endDateTime', 'text', (column) => column.notNull())
      .addColumn('customKeyIdentifier', 'text')
      .addPrimaryKeyConstraint(`${name}Key`, ['ownerId', 'keyId']) as Building
  await own('applicationSecrets')
    .addColumn('secretHash', 'text', (column) => column.notNull())
    .addColumn('hint', 'text', (column) => column.notNull())
    .execute()
  await own('applicationKeys')
    .addColumn('certificate', 'text', (column) => column.notNull())
    .addColumn('type', 'text', (column) => column.notNull())
    .addColumn('usage', 'text', (column) => column.notNull())
    .execute()
}

/** What applications may: roles given to them, and scopes that users or administrators gave them. */
async function makeGrants(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('appRoleAssignments')
    .addColumn('tenantId', 'text', (column) => column.notNull().references('tenants.id').onDelete('cascade'))
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('createdDateTime', 'text', (column) => column.notNull())
    .addColumn('appRoleId', 'text', (column) => column.notNull())
    .addColumn('principalId', 'text', (column) => column.notNull())
    .addColumn('principalType', 'text', (column) => column.notNull())
    .addColumn('resourceId', 'text', (column) => column.notNull())
    .addUniqueConstraint('appRoleAssignmentsOnce', ['principalId', 'resourceId', 'appRoleId'])
    .execute()
  await db.schema
    .createIndex('appRoleAssignmentsOfResource')
    .on('appRoleAssignments')
    .columns(['resourceId', 'id'])
    .execute()
  await db.schema
    .createTable('permissionGrants')
    .addColumn('tenantId', 'text', (column) => column.notNull().references('tenants.id').onDelete('cascade'))
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('clientId', 'text', (column) => column.notNull())
    .addColumn('consentType', 'text', (column) => column.notNull())
    .addColumn('principalId', 'text')
    .addColumn('resourceId', 'text', (column) => column.notNull())
    .addColumn('scope', 'text', (column) => column.notNull())
    .execute()
  await db.schema.createIndex('permissionGrantsOfClient').on('permissionGrants').columns(['clientId']).execute()
}
