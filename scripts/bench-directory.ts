// What one CPU-second of the directory does, in process, on a file of so many federated users:
//   npm run bench:directory [-- SIZES]        usually 1000 10000 100000 1000000; 1000 10000 for a quick look
// Up to 100 000 users all come through $batch of twenty; beyond, the store is filled directly, and the last 10 000 come through $batch:
// half of them one batch after the other, half five at once. Of each the best of several turns counts: whatever else the machine does
// only makes one slower.
import {execFileSync} from 'node:child_process'
import {randomUUID} from 'node:crypto'
import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {DatabaseSync} from 'node:sqlite'
import type {Services} from '../src/lib/directory/api/call.ts'
import {newUser} from '../src/lib/directory/api/save-user.ts'
import {hashPassword} from '../src/lib/directory/rules/password-hash.ts'
import {openStore} from '../src/lib/directory/store/open-store.ts'
import {addUser} from '../src/lib/directory/store/users.ts'
import {type Crowd, crowdUser, makeCrowd, openCrowd} from '../test/parts/crowd.ts'
import {bestOf, perCpuSecond} from './per-cpu-second.ts'

/** What is measured, in the order of the table. */
interface Figures {
  readonly creates: number
  readonly createsAtOnce: number
  readonly byName: number
  readonly byImmutableId: number
  readonly listed: number
  /** Megabytes, and with what was not yet collected. */
  readonly listingAdds: number
  readonly listingAddsAtMost: number
  /** Megabytes of objects that are still in use. */
  readonly heapAdds: number
  readonly bytes: number
  readonly auditBytes: number
}

const given = process.argv.slice(2).map(Number)
const sizes = (given.length === 0 ? [1000, 10_000, 100_000, 1_000_000] : given).toSorted((a, b) => a - b)
const [mostByBatch, lastByBatch] = [100_000, 10_000]
const folder = mkdtempSync(join(tmpdir(), 'fedctl-bench-'))
const file = join(folder, 'directory.db')

try {
  const measured = new Map<number, Figures>()
  const {tenantId, close} = await openCrowd(file)
  await close()
  let there = 0
  for (const size of sizes) {
    measured.set(size, await measure(tenantId, there, size))
    there = size
  }
  console.log(table(measured))
  console.log(await passwords(tenantId))
} finally {
  rmSync(folder, {recursive: true, force: true})
}

async function measure(tenantId: string, from: number, size: number): Promise<Figures> {
  const byBatch = size > mostByBatch ? Math.max(from, size - lastByBatch) : from
  await fill(tenantId, from, byBatch)
  const crowd = await openCrowd(file, tenantId)
  const half = (byBatch + size) / 2
  const creates = await createRate(crowd, [byBatch, half], 1)
  const createsAtOnce = await createRate(crowd, [half, size], 5)
  await crowd.close()
  // A process of its own, whose memory has seen nothing of the filling.
  const reader = join(import.meta.dirname, 'bench-directory-reads.ts')
  const reads = execFileSync(process.execPath, ['--expose-gc', reader, file, tenantId, `${size}`], {encoding: 'utf8'})
  return {creates, createsAtOnce, ...JSON.parse(reads), ...bytesOf(size)}
}

/** Makes the users between two numbers in ten turns, so many batches at once; the rate of the best. */
function createRate(crowd: Crowd, [from, to]: readonly [number, number], atOnce: number): Promise<number> {
  const [turn, part] = [(to - from) / 10, (to - from) / 10 / atOnce]
  return bestOf(10, turn, (number) => {
    const first = from + number * turn
    const parts = Array.from({length: atOnce}, (_, index) => first + index * part)
    return Promise.all(parts.map((start) => makeCrowd(crowd, [start, start + part])))
  })
}

/** Puts users into the store without any request. */
async function fill(tenantId: string, from: number, to: number): Promise<void> {
  const store = await openStore(file, process.geteuid?.())
  const services = {now: () => new Date(), newId: () => randomUUID()} as Services
  for (let next = from; next < to; next += 10_000)
    await store.change(async (db) => {
      for (let number = next; number < Math.min(next + 10_000, to); number++)
        await addUser(db, newUser(services, tenantId, {change: crowdUser(number)}) as Parameters<typeof addUser>[1])
    })
  await store.close()
}

/** The pages of a user and of what belongs to one, indexes too; what the log has of each apart. */
function bytesOf(size: number): Pick<Figures, 'bytes' | 'auditBytes'> {
  const database = new DatabaseSync(file, {readOnly: true})
  const pages = database.prepare(
    `select sum(pgsize) as bytes from dbstat join sqlite_schema using (name)
     where aggregate = 1 and tbl_name in (select value from json_each(?))`,
  )
  const per = (count: unknown, ...tables: string[]) =>
    Number(pages.get(JSON.stringify(tables))?.['bytes']) / Number(count)
  const {audits} = database.prepare('select count(*) as audits from audits').get() ?? {}
  const bytes = per(size, 'users', 'userAddresses', 'credentials')
  const auditBytes = per(audits, 'audits', 'auditTargets')
  database.close()
  return {bytes, auditBytes}
}

/** Users with a password, beside what the hash of it allows. */
async function passwords(tenantId: string): Promise<string> {
  const count = 20
  const limit = await perCpuSecond(count, async () => {
    for (let made = 0; made < count; made++) await hashPassword(`Correct-horse-${made}`, new Uint8Array(16))
  })
  const {send, close} = await openCrowd(file, tenantId)
  const managed = await perCpuSecond(count, async () => {
    for (let number = 0; number < count; number++) await makeManaged(send, number)
  })
  await close()
  return `managed users with a password: ${managed.toFixed(2)} a CPU-second; scrypt alone: ${limit.toFixed(2)}`
}

async function makeManaged(send: Crowd['send'], number: number): Promise<void> {
  const {onPremisesImmutableId, ...user} = crowdUser(number)
  const userPrincipalName = `managed${number}@syfuhs.onmicrosoft.com`
  const passwordProfile = {password: `Correct-horse-${number}`}
  const {status, text} = await send('POST', '/users', {...user, userPrincipalName, passwordProfile})
  if (status !== 201) throw new Error(text)
}

function table(measured: ReadonlyMap<number, Figures>): string {
  const head = ['', ...[...measured.keys()].map((size) => size.toLocaleString('en')), 'wanted']
  const row = (name: string, of: keyof Figures, wanted = '') => [
    name,
    ...[...measured.values()].map((figures) => Math.round(figures[of]).toLocaleString('en')),
    wanted,
  ]
  const rows = [
    head,
    row('creates a CPU-second, $batch of 20', 'creates', '≥ 4,000 at 100,000'),
    row('creates a CPU-second, five $batch of 20 at once', 'createsAtOnce', 'as above'),
    row('GET /users/{upn} a CPU-second', 'byName', '≥ 6,000 and ≤ 1.6 × slower at 1,000,000'),
    row('$filter by immutable id a CPU-second', 'byImmutableId', 'as above'),
    row('users listed a CPU-second', 'listed'),
    row('megabytes a whole listing adds', 'listingAdds', '≤ 40'),
    row('the same at its peak, with garbage', 'listingAddsAtMost'),
    row('of it objects in use', 'heapAdds'),
    row('bytes a user', 'bytes', '≤ 1,000'),
    row('bytes an entry of the audit log', 'auditBytes'),
  ]
  const widths = head.map((_, column) => Math.max(...rows.map((cells) => cells[column]?.length ?? 0)))
  return rows
    .map((cells) =>
      cells
        .map((cell, column) => {
          const width = widths[column] ?? 0
          return column === 0 || column === cells.length - 1 ? cell.padEnd(width) : cell.padStart(width)
        })
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}
