import {readClaimedIssuer} from '../../saml/read-claimed-issuer.ts'
import type {VerifiedToken} from '../../saml/verified-token.ts'
import {verifyToken} from '../../saml/verify-token.ts'
import type {Services} from '../api/call.ts'
import type {StoredFederation} from '../store/federations.ts'
import type {Queries} from '../store/schema.ts'
import {toTokenRules} from '../store/to-token-rules.ts'
import type {StoredUser} from '../store/users.ts'
import type {Attempt} from './attempt.ts'
import {refuseDisabled} from './checks/refuse-disabled.ts'
import {refuseExpiredCertificate} from './checks/refuse-expired-certificate.ts'
import {refuseForeignDomain} from './checks/refuse-foreign-domain.ts'
import {refuseUsed} from './checks/refuse-used.ts'
import {requireTrust} from './checks/require-trust.ts'
import {requireUnchangedTrust} from './checks/require-unchanged-trust.ts'
import {requireUser} from './checks/require-user.ts'
import type {SignInForm} from './read-sign-in-form.ts'
import {toCertificates} from './to-certificates.ts'

/** Where identity providers are told to post their tokens when nothing else is said. */
const cloudReplyAddress = 'https://login.microsoftonline.com/login.srf'

/** A token that passed every check, and whom it is about. */
export interface AcceptedToken {
  readonly user: StoredUser
  readonly verified: VerifiedToken
  /** What the trust says of a second factor counts unless its setting says that it does not. */
  readonly hasSecondFactor: boolean
}

/** What is presented: a token, as the answer of a protocol (and to a request); without one, a bare assertion. */
type Presented = Pick<SignInForm, 'token'> & Partial<Pick<SignInForm, 'protocol'>> & {readonly requestId?: string}

/**
 * Accepts a token, in the order of the checks: trust by issuer, the judge, user, domain, one time; and does with it what is to be done, in
 * the same change. What is found out goes into the attempt. Throws TokenRefusal by the first check that does not pass; then nothing has
 * changed.
 */
export async function acceptToken<Result>(
  services: Services,
  {token, protocol, requestId}: Presented,
  attempt: Attempt,
  use: (db: Queries, accepted: AcceptedToken) => Promise<Result>,
): Promise<Result> {
  attempt.issuer = readClaimedIssuer(token, protocol)
  const trust = await requireTrust(services.store, attempt.issuer)
  attempt.tenantId = trust.tenantId
  const verified = await verifyToken(token, {
    certificates: toCertificates(trust),
    issuer: trust.issuerUri,
    ...toTokenRules(trust),
    recipients: [cloudReplyAddress, ...services.replyAddresses],
    ...(protocol !== undefined && {protocol}),
    ...(requestId !== undefined && {requestId}),
    at: attempt.time,
  })
  refuseExpiredCertificate(verified, attempt.time)
  return services.store.change(async (db) => use(db, await requireAccepted(db, {trust, verified, attempt})))
}

interface Verified {
  readonly trust: StoredFederation
  readonly verified: VerifiedToken
  readonly attempt: Attempt
}

async function requireAccepted(db: Queries, {trust, verified, attempt}: Verified): Promise<AcceptedToken> {
  await requireUnchangedTrust(db, trust)
  const user = await requireUser(db, trust, verified)
  Object.assign(attempt, {userId: user.id, userPrincipalName: user.userPrincipalName})
  refuseDisabled(user)
  await refuseForeignDomain(db, trust, user)
  await refuseUsed(db, verified, attempt.time)
  const isBelieved = trust.federatedIdpMfaBehavior !== 'rejectMfaByFederatedIdp'
  return {user, verified, hasSecondFactor: verified.hasMultipleAuthentication && isBelieved}
}
