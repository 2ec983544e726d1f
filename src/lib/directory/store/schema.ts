import type {ColumnType, Generated, Kysely} from 'kysely'
import type {applicationProperties, servicePrincipalProperties} from '../rules/application-properties.ts'
import type {deviceProperties} from '../rules/device-properties.ts'
import type {directoryRoleProperties} from '../rules/directory-role-properties.ts'
import type {groupProperties} from '../rules/group-properties.ts'
import type {ObjectProperties} from '../rules/resource.ts'
import type {Synchronization} from '../rules/synchronization.ts'
import type {UserPropertyName, userProperties} from '../rules/user-properties.ts'
import type {AuditTable, AuditTargetTable, SignInTable} from './log-tables.ts'
import type {
  DeviceCodeTable,
  OAuthCodeTable,
  OAuthGrantTable,
  SignInFailureTable,
  SignInRequestTable,
  SigningKeyTable,
} from './oauth-tables.ts'
import type {
  ApplicationKeyTable,
  ApplicationSecretTable,
  AppRoleAssignmentTable,
  ObjectLinkTable,
  ObjectValueTable,
  PermissionGrantTable,
} from './object-tables.ts'

/** A handle to ask the store with: the store itself or a change that is under way. */
export type Queries = Kysely<Database>

/** The tables. Columns carry Graph's property names where they hold one; lists are JSON text, times ISO 8601 text, flags 0 or 1. */
export interface Database {
  tenants: TenantTable
  domains: DomainTable
  federations: FederationTable
  users: UserTable
  userAddresses: UserAddressTable
  credentials: CredentialTable
  directoryRoles: DirectoryRoleTable
  tokenValidationPolicies: TokenValidationPolicyTable
  usedTokens: UsedTokenTable
  sessions: SessionTable
  signIns: SignInTable
  audits: AuditTable
  groups: GroupTable
  devices: DeviceTable
  applications: ApplicationTable
  servicePrincipals: ServicePrincipalTable
  synchronizations: SynchronizationTable
  objectValues: ObjectValueTable
  objectLinks: ObjectLinkTable
  applicationSecrets: ApplicationSecretTable
  applicationKeys: ApplicationKeyTable
  appRoleAssignments: AppRoleAssignmentTable
  permissionGrants: PermissionGrantTable
  auditTargets: AuditTargetTable
  signingKeys: SigningKeyTable
  oauthGrants: OAuthGrantTable
  oauthCodes: OAuthCodeTable
  deviceCodes: DeviceCodeTable
  signInRequests: SignInRequestTable
  signInFailures: SignInFailureTable
}

type Flag = ColumnType<number, boolean, boolean>
type NullableFlag = ColumnType<number | null, boolean | null, boolean | null>

/** One row a tenant. */
export interface TenantTable {
  id: string
  displayName: string
  createdDateTime: string
  domainVerification: 'dns' | 'none'
  businessPhones: Generated<string>
  city: string | null
  country: string | null
  countryLetterCode: string | null
  marketingNotificationEmails: Generated<string>
  onPremisesLastPasswordSyncDateTime: string | null
  onPremisesLastSyncDateTime: string | null
  onPremisesSyncEnabled: NullableFlag
  postalCode: string | null
  preferredLanguage: string | null
  securityComplianceNotificationMails: Generated<string>
  securityComplianceNotificationPhones: Generated<string>
  state: string | null
  street: string | null
  technicalNotificationMails: Generated<string>
}

/** One row a domain of a tenant, proved or not. */
export interface DomainTable {
  tenantId: string
  name: string
  /** The verified domain above this one that it takes its settings from; null for a root. */
  root: string | null
  isVerified: Flag
  isDefault: Flag
  isInitial: Flag
  supportedServices: string
  passwordValidityPeriodInDays: number
  passwordNotificationWindowInDays: number
  /** The eight digits of MS=ms########. */
  verificationCode: string
}

/** A row makes its domain, and the subdomains that follow it, federated. */
export interface FederationTable {
  id: string
  tenantId: string
  domain: string
  activeSignInUri: string | null
  displayName: string | null
  federatedIdpMfaBehavior: string | null
  isSignedAuthenticationRequestRequired: NullableFlag
  issuerUri: string
  metadataExchangeUri: string | null
  nextSigningCertificate: string | null
  passiveSignInUri: string
  passwordResetUri: string | null
  preferredAuthenticationProtocol: string | null
  promptLoginBehavior: string | null
  signingCertificate: string
  signOutUri: string | null
  tokenLifetimeMinutes: Generated<number>
  allowSha1: ColumnType<number, boolean | undefined, boolean>
}

type Stored<Kind> = Kind extends 'flag'
  ? NullableFlag
  : Kind extends 'number'
    ? number | null
    : Kind extends 'texts' | 'objects'
      ? Generated<string>
      : string | null

type UserColumns = {[Name in UserPropertyName]: Stored<(typeof userProperties)[Name]['kind']>}

/** One row a user, deleted ones among them. */
export interface UserTable extends Omit<UserColumns, 'id' | 'createdDateTime' | 'userPrincipalName' | 'displayName'> {
  id: string
  tenantId: string
  createdDateTime: string
  userPrincipalName: string
  displayName: string
  onPremisesObjectIdentifier: string | null
  /** The UPN as it is unique: one spelling for every case. */
  upnKey: string
  upnDomain: string
  displayNameKey: string
  /** The words it is searched by; null where those are the displayNameKey. */
  searchWords: string | null
}

/** The addresses of a user one by one, as they are searched for; the user's own row has them as they were given. */
export interface UserAddressTable {
  userId: string
  property: 'proxyAddresses' | 'otherMails'
  addressKey: string
  domain: string | null
}

/** The password of a user, where the directory keeps one. */
export interface CredentialTable {
  userId: string
  passwordHash: string
  forceChangePasswordNextSignIn: Flag
  forceChangePasswordNextSignInWithMfa: Flag
}

/** Of which users the domain must be that of the trust; a tenant without a row has the default. */
export interface TokenValidationPolicyTable {
  tenantId: string
  rootDomains: string
  domainNames: string
}

/** What a tenant says about its synchronisation; features are JSON text. */
export interface SynchronizationTable {
  tenantId: string
  alertThreshold: number
  synchronizationPreventionType: Synchronization['synchronizationPreventionType']
  features: string
}

/** A token that has been accepted, until nobody would accept it any more. */
export interface UsedTokenTable {
  tokenHash: string
  expiresDateTime: string
}

/** Somebody who is signed in. The secret that proves it is not kept, only its hash. */
export interface SessionTable {
  id: string
  tenantId: string
  userId: string
  secretHash: string
  createdDateTime: string
  expiresDateTime: string
  authenticationMethod: string | null
  isMultiFactor: Flag
  /** Whether this browser began the sign-in: else somebody may have posted it a token of their own. */
  isBegunHere: Flag
}

type Columns<Rules extends ObjectProperties> = Omit<
  {[Name in keyof Rules]: Stored<Rules[Name]['kind']>},
  'id' | 'createdDateTime' | 'displayName'
>

interface ObjectColumns {
  id: string
  tenantId: string
  createdDateTime: string
  displayName: string
  displayNameKey: string
  /** The words it is searched by; null where those are the displayNameKey. */
  searchWords: string | null
}

/** One row a group, deleted ones among them. */
export interface GroupTable extends Columns<typeof groupProperties>, ObjectColumns {}
/** One row a device. */
export interface DeviceTable extends Columns<typeof deviceProperties>, ObjectColumns {}
/** One row an application, deleted ones among them; objects are JSON text. */
export interface ApplicationTable extends Columns<typeof applicationProperties>, ObjectColumns {}
/** One row a service principal, deleted ones among them. */
export interface ServicePrincipalTable extends Columns<typeof servicePrincipalProperties>, ObjectColumns {}
/** One row a role that is active in a tenant; who has it is among the links. */
export interface DirectoryRoleTable
  extends Omit<Columns<typeof directoryRoleProperties>, 'description' | 'roleTemplateId'>,
    ObjectColumns {
  description: string
  roleTemplateId: string
}
