import {sql} from 'kysely'
import type {Queries} from './schema.ts'

type Change = <Result>(work: (db: Queries) => Promise<Result>) => Promise<Result>

/** Somebody's change, and whom to tell how it went. */
interface Waiting {
  readonly work: (db: Queries) => Promise<unknown>
  readonly resolve: (result: never) => void
  readonly reject: (error: unknown) => void
}

// Nobody waits for much more than these.
const mostInGroup = 100

/**
 * Makes the changes that came while another was made in one transaction, so that they wait for the disk together. Each is still made as a
 * whole or not at all, in the order in which they came, and told of when all are safe.
 */
export function groupedChanges(transaction: Change): Change {
  const waiting: Waiting[] = []
  let isBusy = false
  const makeAll = async (): Promise<void> => {
    while (waiting.length > 0) await makeGroup(waiting.splice(0, mostInGroup), transaction)
    isBusy = false
  }
  // Those that come in the same turn make one group.
  const begin = (): void => {
    isBusy = true
    setImmediate(makeAll)
  }
  return (work) =>
    new Promise((resolve, reject) => {
      waiting.push({work, resolve, reject})
      if (!isBusy) begin()
    })
}

async function makeGroup(group: readonly Waiting[], transaction: Change): Promise<void> {
  const [first] = group
  try {
    if (first !== undefined && group.length === 1) first.resolve((await transaction(first.work)) as never)
    else for (const tell of await transaction((db) => makeEach(db, group))) tell()
  } catch (error) {
    for (const {reject} of group) reject(error)
  }
}

async function makeEach(db: Queries, group: readonly Waiting[]): Promise<(() => void)[]> {
  const told: (() => void)[] = []
  for (const one of group) told.push(await makeOne(db, one))
  return told
}

async function makeOne(db: Queries, {work, resolve, reject}: Waiting): Promise<() => void> {
  await sql`savepoint one`.execute(db)
  try {
    const result = await work(db)
    await sql`release savepoint one`.execute(db)
    return () => resolve(result as never)
  } catch (error) {
    await sql`rollback to savepoint one`.execute(db)
    return () => reject(error)
  }
}
