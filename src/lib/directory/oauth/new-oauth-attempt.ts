import type {Call} from '../api/call.ts'
import {type Attempt, newAttempt} from '../sign-in/attempt.ts'

/** An attempt to get tokens of which nothing is known yet. */
export const newOAuthAttempt = ({services, request}: Call): Attempt => ({
  ...newAttempt(services),
  ...(request.remoteAddress !== undefined && {ipAddress: request.remoteAddress}),
})
