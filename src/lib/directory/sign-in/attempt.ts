import type {Services} from '../api/call.ts'

/** Somebody's attempt to sign in, and what has been found out of it so far. */
export interface Attempt {
  readonly time: Date
  readonly correlationId: string
  /** What the token names, believed or not. */
  issuer?: string
  tenantId?: string
  userId?: string
  userPrincipalName?: string
  appId?: string
  appDisplayName?: string
  /** From where it came, when that is known. */
  ipAddress?: string
}

/** An attempt of which nothing is known yet. */
export const newAttempt = ({now, newId}: Services): Attempt => ({time: now(), correlationId: newId()})

/** The row that keeps it. */
export const toSignIn = (
  {issuer, time, correlationId, ...attempt}: Attempt,
  refusal?: {readonly aadsts: number; readonly reason: string},
) => ({
  createdDateTime: time.toISOString(),
  correlationId,
  // Of an unknown trust it is any text of anybody.
  issuer: issuer?.slice(0, 512) ?? null,
  tenantId: attempt.tenantId ?? null,
  userId: attempt.userId ?? null,
  userPrincipalName: attempt.userPrincipalName ?? null,
  appId: attempt.appId ?? null,
  appDisplayName: attempt.appDisplayName ?? null,
  ipAddress: attempt.ipAddress ?? null,
  errorCode: refusal?.aadsts ?? 0,
  failureReason: refusal?.reason ?? null,
})
