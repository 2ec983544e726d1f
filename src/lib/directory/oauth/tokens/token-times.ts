import type {Services} from '../../api/call.ts'

/** Who looks at a token need not have the same time to the second. */
const earlierSeconds = 300
const [shortestSeconds, longestSeconds] = [3600, 5400]

/** When a token is valid, in seconds since 1970, as its claims say it. */
export interface TokenTimes {
  readonly iat: number
  readonly nbf: number
  readonly exp: number
}

/** The times of an access token: 60 to 90 minutes by chance, so that clients do not renew all at once. */
export function newTokenTimes({now, randomBytes}: Services): TokenTimes {
  const chance = Buffer.from(randomBytes(2)).readUInt16BE() / 65_536
  const seconds = shortestSeconds + Math.floor(chance * (longestSeconds - shortestSeconds))
  return timesOf(now(), seconds)
}

/** The times of a token that lives so many seconds from now on. */
export function timesOf(now: Date, seconds: number): TokenTimes {
  const time = Math.floor(now.getTime() / 1000)
  return {iat: time, nbf: time - earlierSeconds, exp: time + seconds}
}

/** How long a token lives yet. */
export const secondsLeft = ({exp}: TokenTimes, now: Date): number => exp - Math.floor(now.getTime() / 1000)
