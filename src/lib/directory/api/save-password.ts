import {hashPassword} from '../rules/password-hash.ts'
import {timestamp} from '../rules/timestamp.ts'
import {changeForcing, putCredential} from '../store/credentials.ts'
import type {Queries} from '../store/schema.ts'
import {removeSessionsOf} from '../store/sessions.ts'
import type {Services} from './call.ts'
import type {PasswordProfile} from './user-body.ts'

/** Who gets the password. */
export interface PasswordOwner {
  readonly id: string
  readonly userPrincipalName: string
  readonly passwordPolicies?: string | null
}

/** A password on its way to the store. */
export interface NewPassword {
  readonly password: string
  /** Made before the change begins where it can be, so that nobody waits for it. */
  readonly hash?: string
}

/** The time of the change and of the password, which every token from before it must be older than. */
export interface PasswordTimes {
  readonly lastPasswordChangeDateTime: string
  readonly signInSessionsValidFromDateTime: string
}

/** Hashes a password ahead of the change, when it looks as if it will be kept. */
export async function preparePassword(
  services: Services,
  password: string | null | undefined,
  isKept: boolean,
): Promise<NewPassword | undefined> {
  if (password == null) return undefined
  return isKept ? {password, hash: await hash(services, password)} : {password}
}

const hash = (services: Services, password: string): Promise<string> => hashPassword(password, services.randomBytes(16))

/** Keeps a password that was checked, ends what began with the one before, and gives the times to write to the user. */
export async function savePassword(
  db: Queries,
  services: Services,
  {owner, given, profile}: {owner: PasswordOwner; given: NewPassword; profile: PasswordProfile},
): Promise<PasswordTimes> {
  await putCredential(db, {
    userId: owner.id,
    passwordHash: given.hash ?? (await hash(services, given.password)),
    forceChangePasswordNextSignIn: profile.forceChangePasswordNextSignIn ?? true,
    forceChangePasswordNextSignInWithMfa: profile.forceChangePasswordNextSignInWithMfa ?? false,
  })
  await removeSessionsOf(db, owner.id)
  const now = timestamp(services.now())
  return {lastPasswordChangeDateTime: now, signInSessionsValidFromDateTime: now}
}

/** Changes only when the password must be changed. */
export async function saveForcing(db: Queries, userId: string, profile: PasswordProfile): Promise<void> {
  const names = ['forceChangePasswordNextSignIn', 'forceChangePasswordNextSignInWithMfa'] as const
  const given = names.flatMap((name) => (profile[name] == null ? [] : [[name, profile[name]] as const]))
  if (given.length > 0) await changeForcing(db, userId, Object.fromEntries(given))
}
