// A part of bench-directory.ts: node --expose-gc bench-directory-reads.ts FILE TENANT SIZE prints what reading costs, as JSON.
import {crowdImmutableId, crowdName, openCrowd} from '../test/parts/crowd.ts'
import {bestOf, perCpuSecond} from './per-cpu-second.ts'

const [file = '', tenantId = '', size = ''] = process.argv.slice(2)
const users = Number(size)
const {send, close} = await openCrowd(file, tenantId)

/** Anybody, here and there. */
const somebody = (turn: number): number => (Math.imul(turn, 0x9e3779b1) >>> 0) % users

async function must(path: string, headers: Record<string, string> = {}) {
  const {status, text, json} = await send('GET', path, undefined, headers)
  if (status !== 200) throw new Error(text)
  return json
}

const byName = (number: number) => must(`/users/${crowdName(number)}`)

async function byImmutableId(number: number): Promise<void> {
  const filter = encodeURIComponent(`onPremisesImmutableId eq '${crowdImmutableId(number)}'`)
  const {value} = await must(`/users?$filter=${filter}&$count=true`, {consistencylevel: 'eventual'})
  if ((value as unknown[]).length !== 1) throw new Error(`user ${number} is not found`)
}

/** The first turns only warm up. */
const rateOf = (look: (number: number) => Promise<unknown>): Promise<number> =>
  bestOf(12, 2000, async (number) => {
    for (let turn = number * 2000; turn < (number + 1) * 2000; turn++) await look(somebody(turn))
  })

const megabytes = (): number => process.memoryUsage.rss() / 2 ** 20

function megabytesWithoutGarbage(): number {
  globalThis.gc?.()
  return megabytes()
}

/** Follows a listing to its end; the most memory that was seen meanwhile. */
async function listAll(): Promise<number> {
  let [listed, most] = [0, 0]
  let next: string | undefined = '/users?$top=999'
  while (next !== undefined) {
    const page: Record<string, unknown> = await must(next)
    listed += (page['value'] as unknown[]).length
    next = (page['@odata.nextLink'] as string | undefined)?.replace(/^.*\/v1\.0/, '')
    most = Math.max(most, megabytes())
  }
  // The administrator of the tenant is one too.
  if (listed !== users + 1) throw new Error(`${listed} users were listed`)
  return most
}

const names = await rateOf(byName)
const immutableIds = await rateOf(byImmutableId)
const heap = (): number => process.memoryUsage().heapUsed / 2 ** 20
const before = megabytesWithoutGarbage()
const heapBefore = heap()
let most = 0
const listed = await perCpuSecond(users, async () => {
  most = await listAll()
})
const [listingAdds, listingAddsAtMost] = [megabytesWithoutGarbage() - before, most - before]
const heapAdds = heap() - heapBefore
await close()
const memory = {listingAdds, listingAddsAtMost, heapAdds}
process.stdout.write(JSON.stringify({byName: names, byImmutableId: immutableIds, listed, ...memory}))
