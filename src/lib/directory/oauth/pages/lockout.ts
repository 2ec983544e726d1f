import type {Services} from '../../api/call.ts'
import type {Queries} from '../../store/schema.ts'
import {listFailures, putFailures, removeFailures, type StoredFailures} from '../../store/sign-in-failures.ts'
import {hashOf} from '../new-secret.ts'
import {OAuthFailure} from '../oauth-failure.ts'

/** Who tries: an account by its name, from an address; without an account, something else of which only the address is known. */
export interface Trier {
  readonly account?: string
  readonly address: string | undefined
}

interface Counter {
  readonly key: string
  /** So many failures are allowed. */
  readonly allowed: number
}

const dayMilliseconds = 24 * 3600_000
const [firstLockMilliseconds, longestLockMilliseconds] = [60_000, 3600_000]

/** An address for whichever account; an account from wherever, and from this address. */
function countersOf({account, address = ''}: Trier): readonly [Counter, ...Counter[]] {
  const from = networkOf(address)
  const ofAddress = {key: keyOf('address', from), allowed: 100}
  if (account === undefined) return [ofAddress]
  return [ofAddress, {key: keyOf('account', account), allowed: 50}, {key: keyOf('both', account, from), allowed: 10}]
}

/** Of IPv6 the first 64 bits: whoever has one address has all that begin with them (RFC 4291, 2.5.1). */
function networkOf(address: string): string {
  const [start = '', end] = address.split('::')
  if (!address.includes(':') || end?.includes('.')) return address
  const groups = (part: string): string[] => (part === '' ? [] : part.split(':'))
  const [first, last] = [groups(start), groups(end ?? '')]
  const zeros = Array.from({length: Math.max(8 - first.length - last.length, 0)}, () => '0')
  return [...first, ...zeros, ...last].slice(0, 4).join(':')
}

const keyOf = (...parts: readonly string[]): string => hashOf(JSON.stringify(parts))

/**
 * Counts a try as a failure before its outcome is known, so that many at once count as well. Throws OAuthFailure when there were too many:
 * ten lock for a minute, each further one for twice as long, an hour at most; they are forgotten after a day.
 */
export async function beginTry({store, now}: Services, trier: Trier): Promise<void> {
  const isLocked = await store.change(async (db) => {
    const counters = countersOf(trier)
    const known = new Map((await listFailures(db, keysOf(counters), now())).map((row) => [row.key, row]))
    if ([...known.values()].some((row) => lockedUntil(row) > now())) return true
    for (const counter of counters) await putFailures(db, oneMore(counter, known.get(counter.key), now()), now())
    return false
  })
  if (isLocked)
    throw new OAuthFailure(
      'invalid_grant',
      50053,
      "You've tried to sign in too many times with an incorrect user ID or password. Wait, and try again.",
    )
}

/** The try was none of the failures: the account starts anew, and the address has one less. */
export async function endTry(db: Queries, {now}: Services, trier: Trier): Promise<void> {
  const [address, ...ofAccount] = countersOf(trier)
  if (ofAccount.length > 0) await removeFailures(db, keysOf(ofAccount))
  const [row] = await listFailures(db, [address.key], now())
  if (row === undefined) return
  const failures = row.failures - 1
  const lockedUntilDateTime = failures < address.allowed ? null : row.lockedUntilDateTime
  await putFailures(db, {...row, failures, lockedUntilDateTime}, now())
}

const keysOf = (counters: readonly Counter[]): string[] => counters.map(({key}) => key)

const lockedUntil = ({lockedUntilDateTime}: StoredFailures): Date => new Date(lockedUntilDateTime ?? 0)

function oneMore({key, allowed}: Counter, before: StoredFailures | undefined, now: Date): StoredFailures {
  const failures = (before?.failures ?? 0) + 1
  const lock = Math.min(firstLockMilliseconds * 2 ** Math.min(failures - allowed, 20), longestLockMilliseconds)
  return {
    key,
    failures,
    lockedUntilDateTime: failures < allowed ? null : new Date(now.getTime() + lock).toISOString(),
    expiresDateTime: new Date(now.getTime() + dayMilliseconds).toISOString(),
  }
}
