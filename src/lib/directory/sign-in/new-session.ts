import {createHash} from 'node:crypto'
import type {Services} from '../api/call.ts'
import type {Queries} from '../store/schema.ts'
import {addSession} from '../store/sessions.ts'
import type {StoredUser} from '../store/users.ts'

/** A session as it is stored, and the secret that its owner shows, which is told once. */
export interface NewSession {
  readonly row: ReturnType<typeof toRow>
  readonly secret: string
  readonly userPrincipalName: string
}

/** Who has signed in, and how. */
export interface SignedIn {
  readonly user: StoredUser
  readonly time: Date
  readonly authenticationMethod: string | null
  readonly isMultiFactor: boolean
  /** Whether this browser began it. */
  readonly isBegunHere: boolean
}

const lifetimeMilliseconds = 8 * 3600_000

/** Keeps a session of eight hours, with a random secret. */
export async function newSession(db: Queries, services: Services, signedIn: SignedIn): Promise<NewSession> {
  const secret = Buffer.from(services.randomBytes(32)).toString('base64url')
  const row = toRow(services.newId(), secret, signedIn)
  await addSession(db, row)
  return {row, secret, userPrincipalName: signedIn.user.userPrincipalName}
}

const toRow = (id: string, secret: string, {user, time, ...how}: SignedIn) => ({
  id,
  tenantId: user.tenantId,
  userId: user.id,
  secretHash: createHash('sha256').update(secret).digest('base64url'),
  createdDateTime: time.toISOString(),
  expiresDateTime: new Date(time.getTime() + lifetimeMilliseconds).toISOString(),
  ...how,
})

/** The cookie of a session: no script and no other site can use it. */
export const sessionCookie = (secret: string): string =>
  `__Host-fedctl-session=${secret}; Path=/; Secure; HttpOnly; SameSite=Lax`
