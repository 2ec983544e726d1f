import {readClaimedIssuer} from '../../saml/read-claimed-issuer.ts'
import type {VerifiedToken} from '../../saml/verified-token.ts'
import {verifyToken} from '../../saml/verify-token.ts'
import type {Services} from '../api/call.ts'
import type {StoredFederation} from '../store/federations.ts'
import type {Queries} from '../store/schema.ts'
import {addSession} from '../store/sessions.ts'
import {addSignIn} from '../store/sign-ins.ts'
import {toTokenRules} from '../store/to-token-rules.ts'
import {type Attempt, toSignIn} from './attempt.ts'
import {refuseDisabled} from './checks/refuse-disabled.ts'
import {refuseExpiredCertificate} from './checks/refuse-expired-certificate.ts'
import {refuseForeignDomain} from './checks/refuse-foreign-domain.ts'
import {refuseUsed} from './checks/refuse-used.ts'
import {requireTrust} from './checks/require-trust.ts'
import {requireUnchangedTrust} from './checks/require-unchanged-trust.ts'
import {requireUser} from './checks/require-user.ts'
import {type NewSession, newSession} from './new-session.ts'
import type {SignInForm} from './read-sign-in-form.ts'
import {toCertificates} from './to-certificates.ts'

/** Where identity providers are told to post their tokens when nothing else is said. */
const cloudReplyAddress = 'https://login.microsoftonline.com/login.srf'

/**
 * Signs a user in by a token, in the order of the checks: trust by issuer, the judge, user, domain, one time. What is found out goes
 * into the attempt. Throws TokenRefusal by the first check that does not pass; then nothing has changed.
 */
export async function acceptToken(services: Services, {token, protocol}: SignInForm, attempt: Attempt) {
  attempt.issuer = readClaimedIssuer(token, protocol)
  const trust = await requireTrust(services.store, attempt.issuer)
  attempt.tenantId = trust.tenantId
  const verified = await verifyToken(token, {
    certificates: toCertificates(trust),
    issuer: trust.issuerUri,
    ...toTokenRules(trust),
    recipients: [cloudReplyAddress, ...services.replyAddresses],
    protocol,
    at: attempt.time,
  })
  refuseExpiredCertificate(verified, attempt.time)
  return services.store.change((db) => openSession(db, services, {trust, verified, attempt}))
}

interface Verified {
  readonly trust: StoredFederation
  readonly verified: VerifiedToken
  readonly attempt: Attempt
}

async function openSession(db: Queries, services: Services, {trust, verified, attempt}: Verified): Promise<NewSession> {
  await requireUnchangedTrust(db, trust)
  const user = await requireUser(db, trust, verified)
  Object.assign(attempt, {userId: user.id, userPrincipalName: user.userPrincipalName})
  refuseDisabled(user)
  await refuseForeignDomain(db, trust, user)
  await refuseUsed(db, verified, attempt.time)
  const session = newSession(services, {user, trust, verified, time: attempt.time})
  await addSession(db, session.row)
  await addSignIn(db, toSignIn(attempt))
  return session
}
