import {spawn} from 'node:child_process'
import {once} from 'node:events'
import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {createInterface} from 'node:readline'
import {setTimeout} from 'node:timers/promises'
import {sql} from 'kysely'
import {openStore} from '../../src/lib/directory/store/open-store.ts'
import {crowdImmutableId, crowdName, makeCrowd, openCrowd} from './crowd.ts'

/** What came of a load that was killed. */
export interface KilledLoad {
  readonly acknowledged: number
  readonly there: number
  /** What is not as it was promised; empty when all is well. */
  readonly wrong: readonly string[]
}

interface Kept {
  readonly users: readonly {id: string; upnKey: string; onPremisesImmutableId: string | null}[]
  readonly added: readonly {objectId: string}[]
  readonly damage: readonly string[]
}

/** Kills a process that makes so many federated users, at a moment that follows from the seed, and looks at what it left. */
export async function killLoad(users: number, seed: number): Promise<KilledLoad> {
  const folder = mkdtempSync(join(tmpdir(), 'fedctl-kill-'))
  const file = join(folder, 'directory.db')
  try {
    const {tenantId, close} = await openCrowd(file)
    await close()
    const random = randomFrom(seed)
    const acknowledged = await loadAndKill([file, tenantId, '0', `${users}`], users * random(), 20 * random())
    const kept = await readStore(file)
    const wrong = wrongIn(kept, acknowledged)
    // And it goes on.
    const again = await openCrowd(file, tenantId)
    await makeCrowd(again, [users, users + 20])
    await again.close()
    return {acknowledged: acknowledged.length, there: kept.users.length, wrong}
  } finally {
    rmSync(folder, {recursive: true, force: true})
  }
}

/** Waits until so many are acknowledged and then for so long, and kills it; the numbers that it has said. */
async function loadAndKill(words: readonly string[], enough: number, milliseconds: number): Promise<number[]> {
  const program = join(import.meta.dirname, 'load-and-die.ts')
  const child = spawn(process.execPath, [program, ...words], {stdio: ['ignore', 'pipe', 'inherit']})
  const ended = once(child, 'exit')
  const said: number[] = []
  let isDoomed = false
  for await (const line of createInterface({input: child.stdout})) {
    said.push(Number(line))
    if (isDoomed || said.length < enough) continue
    isDoomed = true
    void setTimeout(milliseconds).then(() => child.kill('SIGKILL'))
  }
  const [code, signal] = await ended
  if (signal !== 'SIGKILL' && code !== 0) throw new Error(`the load ended by itself with ${code}`)
  return said
}

async function readStore(file: string): Promise<Kept> {
  const store = await openStore(file, process.geteuid?.())
  const kept = await store.read(async (db) => ({
    // The administrator came with the tenant, and is not in the log.
    users: await db
      .selectFrom('users')
      .select(['id', 'upnKey', 'onPremisesImmutableId'])
      .where('upnDomain', '=', 'syfuhs.net')
      .execute(),
    added: await db.selectFrom('audits').select('objectId').where('activityDisplayName', '=', 'Add user').execute(),
    damage: (await sql<{integrity_check: string}>`pragma integrity_check`.execute(db)).rows.map((row) =>
      row.integrity_check.replace('ok', ''),
    ),
  }))
  await store.close()
  return kept
}

function wrongIn({users, added, damage}: Kept, acknowledged: readonly number[]): string[] {
  const byName = countsOf(users.map(({upnKey}) => upnKey))
  const byImmutableId = countsOf(users.map(({onPremisesImmutableId}) => `${onPremisesImmutableId}`))
  const byId = countsOf(users.map(({id}) => id))
  const audits = countsOf(added.map(({objectId}) => objectId))
  return [
    ...damage.filter((text) => text !== ''),
    ...acknowledged.filter((number) => !byName.has(crowdName(number))).map((number) => `user ${number} is gone`),
    ...acknowledged
      .filter((number) => !byImmutableId.has(crowdImmutableId(number)))
      .map((number) => `the immutable id of user ${number} is gone`),
    ...[...byName, ...byImmutableId].filter(([, count]) => count > 1).map(([key]) => `${key} is there twice`),
    ...[...byId.keys()]
      .filter((id) => audits.get(id) !== 1)
      .map((id) => `${id} was added ${audits.get(id) ?? 0} times`),
    ...[...audits.keys()].filter((id) => !byId.has(id)).map((id) => `${id} was added and is not there`),
  ]
}

function countsOf(keys: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1)
  return counts
}

/** Numbers from 0 to 1 that follow from a seed (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
