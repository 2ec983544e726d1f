/** The values of the lists of an object one by one, as they are searched for. */
export interface ObjectValueTable {
  tenantId: string
  objectId: string
  property: string
  valueKey: string
}

/** The properties that link objects. */
export type LinkProperty = 'members' | 'owners' | 'registeredOwners' | 'registeredUsers' | 'manager'

/** Who belongs to what, as which property of the object says. */
export interface ObjectLinkTable {
  tenantId: string
  objectId: string
  property: LinkProperty
  /** As `Resource.type` has it. */
  targetType: string
  targetId: string
}

interface ApplicationCredentialTable {
  tenantId: string
  /** An application or a service principal. */
  ownerId: string
  keyId: string
  displayName: string | null
  startDateTime: string
  endDateTime: string
  customKeyIdentifier: string | null
}

/** A secret with which an application signs in: only its hash, and the first characters for people. */
export interface ApplicationSecretTable extends ApplicationCredentialTable {
  secretHash: string
  hint: string
}

/** A certificate with which an application signs in, base64 of DER. */
export interface ApplicationKeyTable extends ApplicationCredentialTable {
  certificate: string
  type: string
  usage: string
}

/** A role of a resource that somebody was given: an application, a user or a group. */
export interface AppRoleAssignmentTable {
  tenantId: string
  id: string
  createdDateTime: string
  appRoleId: string
  principalId: string
  principalType: string
  resourceId: string
}

/** The scopes that an application may use for one user (Principal) or for all (AllPrincipals). */
export interface PermissionGrantTable {
  tenantId: string
  id: string
  clientId: string
  consentType: string
  principalId: string | null
  resourceId: string
  /** With a blank between them. */
  scope: string
}
