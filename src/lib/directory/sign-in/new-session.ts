import {createHash} from 'node:crypto'
import type {VerifiedToken} from '../../saml/verified-token.ts'
import type {Services} from '../api/call.ts'
import type {StoredFederation} from '../store/federations.ts'
import type {StoredUser} from '../store/users.ts'

/** A session as it is stored, and the secret that its owner shows, which is told once. */
export interface NewSession {
  readonly row: ReturnType<typeof toRow>
  readonly secret: string
  readonly userPrincipalName: string
  /** Why the token is to be doubted although its trust allows it. */
  readonly warning: string | undefined
}

interface SignedIn {
  readonly user: StoredUser
  readonly trust: StoredFederation
  readonly verified: VerifiedToken
  readonly time: Date
}

const lifetimeMilliseconds = 8 * 3600_000

/** A session of eight hours, with a random secret. */
export function newSession(services: Services, signedIn: SignedIn): NewSession {
  const secret = Buffer.from(services.randomBytes(32)).toString('base64url')
  const {userPrincipalName} = signedIn.user
  const [warning] = signedIn.verified.warnings
  return {row: toRow(services.newId(), secret, signedIn), secret, userPrincipalName, warning}
}

const toRow = (id: string, secret: string, {user, trust, verified, time}: SignedIn) => ({
  id,
  tenantId: user.tenantId,
  userId: user.id,
  secretHash: createHash('sha256').update(secret).digest('base64url'),
  createdDateTime: time.toISOString(),
  expiresDateTime: new Date(time.getTime() + lifetimeMilliseconds).toISOString(),
  authenticationMethod: verified.authenticationMethod ?? null,
  // What a trust says of a second factor counts unless its setting says that it does not.
  isBegunHere: false,
  isMultiFactor: verified.hasMultipleAuthentication && trust.federatedIdpMfaBehavior !== 'rejectMfaByFederatedIdp',
})
