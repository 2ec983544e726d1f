import {spawnSync} from 'node:child_process'
import {cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, beforeAll, describe, expect, test} from '@jest/globals'
import {finishPlan, undoPlan} from '../../../src/lib/plan/finish-plan.ts'
import type {State} from '../../../src/lib/plan/plan.ts'
import {listUnfinished} from '../../../src/lib/plan/unfinished-plan.ts'
import {after, before, everyChange, filedThings} from '../../parts/plan-world.ts'

const processes = {self: {pid: process.pid, startedAt: 'now'}, isRunning: () => false}
let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'fedctl-kill-'))
})
afterAll(() => rmSync(folder, {recursive: true}))

function world(name: string): string {
  const place = join(folder, name)
  mkdirSync(place)
  for (const [target, state] of Object.entries(before))
    writeFileSync(join(place, `${target}.thing`), `${JSON.stringify(state)}\n`)
  return place
}

async function thingsOf(place: string): Promise<Record<string, State>> {
  const {thing} = filedThings(place)
  const found: Record<string, State> = {}
  for (const step of everyChange.steps) {
    const state = (await thing?.read(step)) ?? null
    if (state !== null) found[step.target] = state
  }
  return found
}

function runAndDie(place: string, moment: number, mode: string): boolean {
  const child = join(process.cwd(), 'test/parts/run-and-die.ts')
  const {signal, status, stderr} = spawnSync(process.execPath, [child, place, String(moment), mode], {
    encoding: 'utf8',
    env: {...process.env, NODE_COMPILE_CACHE: join(folder, 'cache')},
  })
  if (signal === null && status !== 0) throw new Error(stderr)
  return signal === 'SIGKILL'
}

describe.each([
  ['while it is carried out', 'succeed', 21, after],
  ['while it fails and is undone', 'fail', 24, before],
] as const)('a plan whose process is killed %s', (_name, mode, atLeast, atTheEnd) => {
  test('can be finished or undone, at every moment', async () => {
    let moment = 0
    for (; ; moment += 1) {
      const place = world(`${mode}-${moment}`)
      if (!runAndDie(place, moment, mode)) {
        expect(await thingsOf(place)).toEqual(atTheEnd)
        expect(readdirSync(join(place, 'journals'))).toEqual([])
        break
      }
      for (const [next, wanted] of [
        [finishPlan, after],
        [undoPlan, before],
      ] as const) {
        const copy = `${place}-${next.name}`
        cpSync(place, copy, {recursive: true})
        const [unfinished, ...others] = await listUnfinished(join(copy, 'journals'))
        expect(others).toEqual([])
        if (unfinished === undefined) throw new Error(`no journal after a kill at moment ${moment}`)
        await next(unfinished, filedThings(copy), {processes})
        expect({moment, things: await thingsOf(copy)}).toEqual({moment, things: wanted})
        expect(readdirSync(join(copy, 'journals'))).toEqual([])
      }
    }
    expect(moment).toBeGreaterThanOrEqual(atLeast)
  }, 60_000)
})
