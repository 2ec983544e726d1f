/** How many records are wanted. */
interface Limits {
  /** --first N */
  readonly first: number | undefined
  /** What a listing command was asked for; undefined for the others. */
  readonly listing: {readonly all: boolean; readonly most: number | undefined} | undefined
  /** Everything is done even when no more is shown: a change, or a check that must see all. */
  readonly toTheEnd: boolean
  /** Says on standard error that more exist. */
  readonly say: (text: string) => void
}

const usualMost = 500

/** The records up to the limit; reads one more to know whether there are more, and says so. */
export async function* limited<Row>(
  rows: AsyncIterable<Row>,
  {first, listing, toTheEnd, say}: Limits,
): AsyncIterable<Row> {
  const most = listing === undefined ? undefined : (listing.most ?? (listing.all ? undefined : usualMost))
  if (first === 0 && !toTheEnd) return
  let count = 0
  for await (const row of rows) {
    if (count === most) return say(`first ${most} shown, more exist: --all`)
    if (first === undefined || count < first) yield row
    count += 1
    if (count === first && !toTheEnd) return
  }
}
