/** When a key signs. */
export interface KeyTimes {
  readonly signsFromDateTime: string
  readonly signsUntilDateTime: string
}

/** What is to be done about the keys at a time. */
export interface KeyPlan<Key> {
  /** The key that signs now; undefined when there is none yet, or none any more. */
  readonly signing: Key | undefined
  /** When a key that must be made now begins to sign; undefined when none is needed. */
  readonly nextFrom: Date | undefined
}

const dayMilliseconds = 24 * 3600_000
/** A key signs so long. */
const signingMilliseconds = 60 * dayMilliseconds
/** The next key is published so long before it signs: whoever keeps the published keys looks again at least once a day. */
const noticeMilliseconds = 7 * dayMilliseconds
/** A key that is wanted before its time is published at least so long before it signs. */
export const shortestNoticeMilliseconds = dayMilliseconds
/** The longest that a token lives after its key has ended, and what clocks differ. */
const tokenMilliseconds = 2 * 3600_000

/** The key that signs at a time, and whether another one has to be made. */
export function planKeys<Key extends KeyTimes>(keys: readonly Key[], now: Date): KeyPlan<Key> {
  const time = now.toISOString()
  const living = keys.filter(({signsUntilDateTime}) => signsUntilDateTime > time).toSorted(byBeginning)
  const signing = living.findLast(({signsFromDateTime}) => signsFromDateTime <= time)
  if (signing === undefined) return {signing, nextFrom: now}
  const end = Date.parse(living.at(-1)?.signsUntilDateTime ?? time)
  return {signing, nextFrom: end - now.getTime() < noticeMilliseconds ? new Date(end) : undefined}
}

const byBeginning = (one: KeyTimes, other: KeyTimes): number =>
  one.signsFromDateTime < other.signsFromDateTime ? -1 : 1

/** The times of a key that begins to sign at a time. */
export const timesFrom = (from: Date) => ({
  signsFromDateTime: from.toISOString(),
  ...endingAt(new Date(from.getTime() + signingMilliseconds)),
})

/** The times of a key that stops to sign at a time: it is published until its tokens have ended. */
export const endingAt = (end: Date) => ({
  signsUntilDateTime: end.toISOString(),
  publishedUntilDateTime: new Date(end.getTime() + tokenMilliseconds).toISOString(),
})
