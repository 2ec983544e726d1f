import {spawn} from 'node:child_process'
import {cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, beforeAll, describe, expect, test} from '@jest/globals'
import {FedctlError} from '../../../src/lib/errors/fedctl-error.ts'
import type {Transport} from '../../../src/lib/http/transport.ts'
import {finishPlan, undoPlan} from '../../../src/lib/plan/finish-plan.ts'
import type {Plan} from '../../../src/lib/plan/plan.ts'
import {writePlan} from '../../../src/lib/plan/plan-file.ts'
import {runPlan} from '../../../src/lib/plan/run-plan.ts'
import {listUnfinished, openJournal} from '../../../src/lib/plan/unfinished-plan.ts'
import {type Direction, makeConversionWorld, openConversionWorld} from '../../parts/conversion-world.ts'

const processes = {self: {pid: process.pid, startedAt: 'now'}, isRunning: () => false}

/** One conversion: the folder it begins in, its plan, and how the world looks before and after. */
interface Scene {
  readonly folder: string
  readonly plan: Plan
  readonly before: unknown
  readonly after: unknown
}
const scenes = {} as Record<Direction, Scene>
let root = ''
let copies = 0

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'fedctl-conversion-'))
  const managed = join(root, 'managed')
  mkdirSync(managed)
  await makeConversionWorld(managed)
  const federated = copy(managed)
  scenes['to federated'] = await prepare(managed, 'to federated', federated)
  rmSync(join(federated, 'out', 'adfs.ps1'))
  scenes['to standard'] = await prepare(federated, 'to standard', copy(federated))
}, 30_000)
afterAll(() => rmSync(root, {recursive: true}))

function copy(folder: string): string {
  const place = join(root, `copy-${++copies}`)
  cpSync(folder, place, {recursive: true})
  return place
}

/** Makes the plan for one folder and carries it out on another. */
async function prepare(folder: string, direction: Direction, carriedOutIn: string): Promise<Scene> {
  const world = await openConversionWorld(folder)
  const [plan, before] = [await world.plan(direction), await world.look()]
  await world.close()
  const other = await openConversionWorld(carriedOutIn)
  await runPlan(elsewhere(plan, folder, carriedOutIn), other.resources(true))
  const after = await other.look()
  await other.close()
  return {folder, plan, before, after}
}

/** The same plan with its files in another folder. */
const elsewhere = (plan: Plan, from: string, to: string): Plan =>
  JSON.parse(JSON.stringify(plan).replaceAll(JSON.stringify(from).slice(1, -1), JSON.stringify(to).slice(1, -1)))

const passwordsIn = (folder: string): string[] => {
  const file = join(folder, 'out', 'passwords')
  return existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean) : []
}

/** What goes on from a folder in which a plan was left: both ways must lead to a whole world. */
async function goOnBothWays({before, after}: Scene, folder: string): Promise<void> {
  for (const [next, wanted] of [
    [finishPlan, after],
    [undoPlan, before],
  ] as const) {
    const place = copy(folder)
    const world = await openConversionWorld(place)
    const [unfinished] = await listUnfinished(join(place, 'journals'))
    if (unfinished === undefined) expect([before, after]).toContainEqual(await world.look())
    else {
      const moved = {...unfinished, plan: elsewhere(unfinished.plan, folder, place)}
      const error = await next(moved, world.resources(false), {processes}).then(
        () => undefined,
        (thrown: unknown) => thrown,
      )
      expect(await world.look()).toEqual(wanted)
      if (next === finishPlan) {
        expect(error).toBeUndefined()
        const names = passwordsIn(place).map((line) => line.split('\t')[0])
        if (names.length > 0) expect(names).toEqual(['ada@contoso.com', 'bob@contoso.com'])
      } else {
        expectNamed(error, passwordsIn(place))
        if (passwordsIn(place).length === 0) expect(error).toBeUndefined()
      }
    }
    await world.close()
  }
}

/** A password that may have been reset is named by the error. */
function expectNamed(error: unknown, passwords: readonly string[]): void {
  if (passwords.length === 0) return
  expect(error).toMatchObject({code: 'PartlyDone'})
  for (const line of passwords)
    expect((error as FedctlError).details.join()).toContain(`not undone: reset the password (${line.split('\t')[0]})`)
}

type Fault = 'refused' | 'half done' | 'answer lost' | 'outage'

/** Breaks the request of a number in one way; an outage lasts. */
const breaking =
  (fault: Fault, at: number, count: {requests: number}) =>
  (directory: Transport): Transport =>
  async (request) => {
    const number = count.requests++
    if (number < at || (number > at && fault !== 'outage')) return directory(request)
    if (fault === 'refused') return {status: 503, headers: {}, body: ''}
    const body = request.body?.replace(/"signOutUri":"[^"]*",/, '')
    if (fault === 'half done') await directory({...request, ...(body !== undefined && {body})})
    if (fault === 'answer lost') await directory(request)
    throw new FedctlError('Unreachable', 'No answer came.')
  }

describe.each<Direction>(['to federated', 'to standard'])('the conversion %s', (direction) => {
  test.each<Fault>(['refused', 'half done', 'answer lost', 'outage'])(
    'whichever request fails (%s) leaves the tenant as before, or a journal that brings it there',
    async (fault) => {
      const scene = scenes[direction]
      const count = {requests: 0}
      for (let at = 0; at <= count.requests; at += 1) {
        count.requests = 0
        const place = copy(scene.folder)
        const plan = elsewhere(scene.plan, scene.folder, place)
        const world = await openConversionWorld(place, breaking(fault, at, count))
        const journal = await openJournal(join(place, 'journals'), plan, processes)
        const error = await runPlan(plan, world.resources(true), {journal}).then(
          () => undefined,
          (thrown: unknown) => thrown,
        )
        const look = await world.look()
        await world.close()
        if (error === undefined) expect(look).toEqual(scene.after)
        else if (fault === 'outage') await goOnBothWays(scene, place)
        else {
          expect({at, look}).toEqual({at, look: scene.before})
          expectNamed(error, passwordsIn(place))
          expect(await listUnfinished(join(place, 'journals'))).toEqual([])
        }
      }
      expect(count.requests).toBeGreaterThan(5)
    },
    60_000,
  )

  test('killed at any moment can be finished or undone', async () => {
    const scene = scenes[direction]
    const killAndGoOn = async (moment: number): Promise<boolean> => {
      const place = copy(scene.folder)
      writeFileSync(join(place, 'plan.json'), writePlan(elsewhere(scene.plan, scene.folder, place)))
      const isKilled = await killedAt(place, moment)
      if (isKilled) await goOnBothWays(scene, place)
      return isKilled
    }
    const kills: boolean[] = []
    while (kills.at(-1) !== false)
      kills.push(...(await Promise.all([killAndGoOn(kills.length), killAndGoOn(kills.length + 1)])))
    expect(kills.filter(Boolean).length).toBe(direction === 'to federated' ? 12 : 14)
  }, 120_000)
})

async function killedAt(place: string, moment: number): Promise<boolean> {
  const child = spawn(
    process.execPath,
    [
      '--disable-warning=ExperimentalWarning',
      join(process.cwd(), 'test/parts/convert-and-die.ts'),
      place,
      join(place, 'plan.json'),
      String(moment),
    ],
    {env: {...process.env, NODE_COMPILE_CACHE: join(root, 'cache')}, stdio: ['ignore', 'inherit', 'inherit']},
  )
  const [code, signal] = await new Promise<[number | null, string | null]>((resolve) =>
    child.once('exit', (...end) => resolve(end)),
  )
  if (signal === null && code !== 0) throw new Error(`the child ended with ${code}`)
  return signal === 'SIGKILL'
}
