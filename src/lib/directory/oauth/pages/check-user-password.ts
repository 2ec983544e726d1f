import {upnKey, upnSuffix} from '../../../model/user-principal-name.ts'
import type {Services} from '../../api/call.ts'
import {isPasswordExpired} from '../../rules/password-expiry.ts'
import {isPassword} from '../../rules/password-hash.ts'
import {keepsPassword} from '../../rules/user-rules.ts'
import type {Attempt} from '../../sign-in/attempt.ts'
import {findCredential} from '../../store/credentials.ts'
import {findDomain, findVerifiedDomain, type StoredDomain} from '../../store/domains.ts'
import type {Queries} from '../../store/schema.ts'
import {findUser, type StoredUser} from '../../store/users.ts'
import {OAuthFailure} from '../oauth-failure.ts'
import {beginTry, endTry} from './lockout.ts'

/** Somebody whose password is right, and whether it must be replaced before anything else. */
export interface PasswordUser {
  readonly user: StoredUser
  readonly passwordHash: string
  readonly mustChange: boolean
}

/**
 * Who a name and a password belong to. Every user has the same answer as one who does not exist, as long as the password is wrong, and it
 * takes as long; and too many tries lock. Throws OAuthFailure.
 */
export async function checkUserPassword(
  services: Services,
  {login, password}: {readonly login: string; readonly password: string},
  attempt: Attempt,
): Promise<PasswordUser> {
  const {store, now} = services
  const found = await store.read((db) => findByLogin(db, login))
  if (found !== undefined) {
    const {id, tenantId, userPrincipalName} = found.user
    Object.assign(attempt, {userId: id, tenantId, userPrincipalName})
  }
  const trier = {account: upnKey(login), address: attempt.ipAddress}
  await beginTry(services, trier)
  const isRight = await isPassword(password, found?.passwordHash)
  if (found?.passwordHash === undefined || !isRight) throw wrong()
  await store.change((db) => endTry(db, services, trier))
  const {user, passwordHash, mustChange, domain} = found
  if (user.accountEnabled !== 1) throw new OAuthFailure('invalid_grant', 50057, 'The user account is disabled.')
  const {passwordValidityPeriodInDays: validityPeriodInDays} = domain
  return {user, passwordHash, mustChange: mustChange || isPasswordExpired({...user, validityPeriodInDays}, now())}
}

const wrong = (): OAuthFailure =>
  new OAuthFailure('invalid_grant', 50126, 'Error validating credentials due to invalid username or password.')

/** Refuses a password that somebody has replaced since it was checked, which takes a while: within the change that relies on it. */
export async function requireUnchanged(db: Queries, {user, passwordHash}: PasswordUser): Promise<void> {
  if ((await findCredential(db, user.id))?.passwordHash !== passwordHash) throw wrong()
}

interface Found {
  readonly user: StoredUser
  /** The one whose settings hold. */
  readonly domain: StoredDomain
  readonly passwordHash: string | undefined
  readonly mustChange: boolean
}

async function findByLogin(db: Queries, login: string): Promise<Found | undefined> {
  const own = await findVerifiedDomain(db, upnSuffix(login))
  const user = own && (await findUser(db, own.tenantId, login))
  if (own === undefined || user === undefined) return undefined
  const domain = own.root === null ? own : ((await findDomain(db, own.tenantId, own.root)) ?? own)
  const state = {onPremisesSyncEnabled: user.onPremisesSyncEnabled === 1}
  const isKept = keepsPassword(state, {isVerified: true, isFederated: own.federationId !== null})
  const credential = isKept ? await findCredential(db, user.id) : undefined
  const mustChange =
    credential?.forceChangePasswordNextSignIn === 1 || credential?.forceChangePasswordNextSignInWithMfa === 1
  return {user, domain, passwordHash: credential?.passwordHash, mustChange}
}
