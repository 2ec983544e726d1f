import type {Generated} from 'kysely'

/** Somebody came, or was refused (an AADSTS number that is not 0). */
export interface SignInTable {
  sequence: Generated<number>
  createdDateTime: string
  correlationId: string
  /** Null of a token whose trust nobody has. */
  tenantId: string | null
  userId: string | null
  userPrincipalName: string | null
  issuer: string | null
  errorCode: number
  failureReason: string | null
  /** Null of a token that was posted: it names no application. */
  appId: Generated<string | null>
  appDisplayName: Generated<string | null>
  ipAddress: string | null
}

/** Something was changed. Its id is made of the correlation id and the sequence. Targets and the names of what changed are JSON text. */
export interface AuditTable {
  sequence: Generated<number>
  tenantId: string
  activityDateTime: string
  activityDisplayName: string
  category: string
  operationType: string
  correlationId: string
  /** A user, or an application. */
  initiatorUserId: string | null
  initiatorUserName: string | null
  initiatorUserPrincipalName: string | null
  initiatorAppId: string | null
  initiatorAppName: string | null
  initiatorServicePrincipalId: string | null
  targetResources: string
  /** What delta queries show as changed. */
  objectType: string
  objectId: string
  changedProperties: string
}

/** To what it was done, one by one, as it is searched for. */
export interface AuditTargetTable {
  audit: number
  targetId: string
  targetNameKey: string | null
}
