import {everySignIn, loggedByService} from '../rules/log-properties.ts'
import type {StoredAudit} from '../store/audits.ts'
import type {StoredSignIn} from '../store/sign-ins.ts'

/** The properties of an entry of the audit log. */
export const auditShown =
  'id activityDateTime activityDisplayName additionalDetails category correlationId initiatedBy loggedByService operationType result resultReason targetResources'.split(
    ' ',
  )

/** An entry of the audit log as Graph writes one. Only what succeeded is written there. */
export const toGraphAudit = (audit: StoredAudit) => ({
  id: `Directory_${audit.correlationId}_${audit.sequence}`,
  activityDateTime: audit.activityDateTime,
  activityDisplayName: audit.activityDisplayName,
  additionalDetails: [],
  category: audit.category,
  correlationId: audit.correlationId,
  initiatedBy: toInitiator(audit),
  loggedByService,
  operationType: audit.operationType,
  result: 'success',
  resultReason: '',
  targetResources: JSON.parse(audit.targetResources) as unknown,
})

/** The sequence in the id of an entry; 0, which none has, of what is no id. */
export const auditSequence = (id: string): number => Number(/^Directory_.+_(\d{1,15})$/.exec(id)?.[1] ?? 0)

function toInitiator(audit: StoredAudit): object {
  const {initiatorUserId: id, initiatorUserName, initiatorUserPrincipalName: userPrincipalName} = audit
  if (id !== null) return {app: null, user: {id, displayName: initiatorUserName, userPrincipalName, ipAddress: null}}
  const {initiatorAppId: appId, initiatorAppName: displayName, initiatorServicePrincipalId: servicePrincipalId} = audit
  return {app: {appId, displayName, servicePrincipalId, servicePrincipalName: null}, user: null}
}

const nobody = '00000000-0000-0000-0000-000000000000'

/** A sign-in as Graph writes one; what this directory does not look at is null. */
export const toGraphSignIn = (signIn: StoredSignIn) => ({
  id: signIn.correlationId,
  createdDateTime: signIn.createdDateTime,
  userDisplayName: null,
  userPrincipalName: signIn.userPrincipalName,
  userId: signIn.userId ?? nobody,
  appId: signIn.appId,
  appDisplayName: signIn.appDisplayName,
  correlationId: signIn.correlationId,
  isInteractive: true,
  homeTenantId: signIn.tenantId,
  ...everySignIn,
  riskEventTypes: [],
  riskEventTypes_v2: [],
  appliedConditionalAccessPolicies: [],
  ipAddress: signIn.ipAddress,
  resourceDisplayName: null,
  resourceId: null,
  deviceDetail: null,
  location: null,
  status: {errorCode: signIn.errorCode, failureReason: signIn.failureReason ?? 'Other.', additionalDetails: null},
})

/** The properties of a sign-in. */
export const signInShown = Object.keys(toGraphSignIn({} as StoredSignIn))
