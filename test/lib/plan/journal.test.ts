import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterEach, beforeEach, describe, expect, test} from '@jest/globals'
import {finishPlan, undoPlan} from '../../../src/lib/plan/finish-plan.ts'
import {loadJournal, type Processes, startJournal, takeOverJournal} from '../../../src/lib/plan/journal-file.ts'
import type {Plan, Resource, State} from '../../../src/lib/plan/plan.ts'
import {readJournal} from '../../../src/lib/plan/read-journal.ts'
import {runPlan} from '../../../src/lib/plan/run-plan.ts'
import {listUnfinished, openJournal} from '../../../src/lib/plan/unfinished-plan.ts'
import {after, before, everyChange, filedThings, planOf, step} from '../../parts/plan-world.ts'

const allGone: Processes = {self: {pid: 1, startedAt: 'now'}, isRunning: () => false}
const allRunning: Processes = {...allGone, isRunning: () => true}

let folder = ''
let journals = ''
let file = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fedctl-journal-'))
  journals = join(folder, 'journals')
  file = join(journals, 'plan-1.journal')
})
afterEach(() => rmSync(folder, {recursive: true}))

const thing = (target: string) => ({...step(target, null, null), thing: filedThings(folder)['thing']})
const put = async (target: string, state: State) => thing(target).thing?.write(thing(target), state)
const get = async (target: string) => (await thing(target).thing?.read(thing(target))) ?? null

/** The world after a kill: steps 0 and 1 done, step 2 begun and half done. */
async function interrupted(plan: Plan = everyChange) {
  await put('made', after['made'] ?? null)
  await put('changed', {name: 'between'})
  await put('removed', 'half removed')
  const journal = await startJournal(journals, plan, allGone)
  for (const index of [0, 1]) {
    await journal.record(index, 'begun')
    await journal.record(index, 'done')
  }
  await journal.record(2, 'begun')
  const [unfinished] = await listUnfinished(journals)
  if (unfinished === undefined) throw new Error('there is no journal')
  return unfinished
}

describe('a journal', () => {
  test("is its owner's alone, and gone when the plan has come to its end", async () => {
    for (const [target, state] of Object.entries(before)) await put(target, state)
    const journal = await openJournal(journals, everyChange, allGone)
    expect([statSync(journals).mode & 0o777, statSync(file).mode & 0o777]).toEqual([0o700, 0o600])
    await runPlan(everyChange, filedThings(folder), {journal})
    expect(readdirSync(journals)).toEqual([])
  })

  test('is gone when the plan was stale and nothing was begun', async () => {
    const journal = await openJournal(journals, everyChange, allGone)
    await expect(runPlan(everyChange, filedThings(folder), {journal})).rejects.toMatchObject({code: 'PlanStale'})
    expect(readdirSync(journals)).toEqual([])
  })

  test('stays when the plan waits for a person, without an owner', async () => {
    const manual = step('party', null, true, {manual: true, kind: 'manual'})
    const plan = planOf(step('made', null, 1), manual, step('removed', null, 2))
    const waits = {read: async () => null, write: async () => {}, waitingFor: async () => 'It is missing.'}
    const resources = {...filedThings(folder), manual: waits}
    const journal = await openJournal(journals, plan, allGone)
    await expect(runPlan(plan, resources, {journal})).rejects.toMatchObject({code: 'PlanWaiting'})
    const [unfinished] = await listUnfinished(journals)
    expect(unfinished).toEqual({plan, progress: ['done'], waitingAt: 1, takeOvers: 0, file})
    await expect(openJournal(journals, {...plan, id: 'plan-2'}, allRunning)).rejects.toMatchObject({
      code: 'PlanUnfinished',
      message: expect.stringContaining('waits for a person: change party (party)'),
    })
    if (unfinished === undefined) throw new Error('there is no journal')
    await put('removed', 'moved')
    const stale = {code: 'PlanStale', hints: [expect.stringContaining('--unfinished undo')]}
    await expect(finishPlan(unfinished, resources, {processes: allRunning})).rejects.toMatchObject(stale)
    expect(await listUnfinished(journals)).toEqual([{...unfinished, takeOvers: 1}])
    const text = readFileSync(file, 'utf8')
    await (await takeOverJournal(file, allGone)).record(2, 'begun')
    expect((await listUnfinished(journals))[0]?.waitingAt).toBeUndefined()
    writeFileSync(file, text)
    await undoPlan(unfinished, resources, {processes: allRunning})
    expect([await get('made'), readdirSync(journals)]).toEqual([null, []])
  })

  test('cut anywhere is readable, and what it says only grows', async () => {
    await interrupted()
    appendFileSync(file, '\n{"step":2,"mark":"undoing"}\n\n{"left":true}\n\n{"takeOver":1,"pid":1,"startedAt":"now"}\n')
    const text = readFileSync(file, 'utf8')
    let marks = 0
    for (let length = 0; length <= text.length; length += 1) {
      const cut = readJournal(text.slice(0, length))
      if (!cut.ok) throw new Error(`cut at ${length}: ${cut.problem}`)
      const found = cut.value?.progress.filter((mark) => mark !== undefined).length ?? 0
      expect(found).toBeGreaterThanOrEqual(marks)
      marks = found
      const goesOn = readJournal(
        `${text.slice(0, length)}\n{"takeOver":${(cut.value?.takeOvers ?? 0) + 1},"pid":9,"startedAt":""}\n`,
      )
      if (cut.value !== undefined) expect(goesOn).toMatchObject({ok: true, value: {owner: {pid: 9}}})
    }
    expect(marks).toBe(3)
  })

  test.each([
    ['a first line of another kind', (text: string) => text.replace('"journal":1', '"journal":2'), 'line 1'],
    [
      'a plan that is none',
      (text: string) => text.replace('"steps":[', '"steps":["",'),
      'line 1 holds no plan: .steps[0]',
    ],
    ['a line that is no JSON', (text: string) => text.replace('{"step":0', '{step:0'), 'line 2 is not JSON'],
    ['a mark that cannot follow', (text: string) => text.replace('{"step":1,"mark":"begun"}', ''), 'line 4'],
    ['a step that the plan has not', (text: string) => text.replace('"step":2', '"step":7'), 'line 6'],
  ])('with %s is damaged, and left as it is', async (_what, damage, problem) => {
    await interrupted()
    const text = damage(readFileSync(file, 'utf8'))
    writeFileSync(file, text)
    const error = {code: 'JournalDamaged', message: expect.stringContaining(problem)}
    await expect(listUnfinished(journals)).rejects.toMatchObject(error)
    await expect(openJournal(journals, {...everyChange, id: 'plan-2'}, allGone)).rejects.toMatchObject(error)
    expect([readdirSync(journals), readFileSync(file, 'utf8')]).toEqual([['plan-1.journal'], text])
  })

  test('that is damaged stops only what it may be about', async () => {
    await interrupted()
    const whole = readFileSync(file, 'utf8')
    const other = {...everyChange, id: 'plan-2', subject: 'fabrikam.com'}
    writeFileSync(file, whole.replace('"step":2', '"step":7'))
    await (await openJournal(journals, other, allGone)).end()
    writeFileSync(file, whole.replace('"journal":1', '"journal":2'))
    await expect(openJournal(journals, other, allGone)).rejects.toMatchObject({code: 'JournalDamaged'})
    const told: unknown[] = []
    mkdirSync(join(journals, 'folder.journal'))
    expect(await listUnfinished(journals, ({error: {code}}) => told.push(code))).toEqual([])
    expect(told).toEqual(['FileFailure', 'JournalDamaged'])
  })

  test('that was torn before its first line was whole is no plan, and does not keep its plan from being carried out', async () => {
    await interrupted()
    const text = readFileSync(file, 'utf8')
    const cuts = [0, 1, 100, ...[...text.slice(0, text.indexOf('\n', 1)).matchAll(/\}/g)].map(({index}) => index + 1)]
    for (const length of cuts.slice(0, -1)) {
      writeFileSync(file, text.slice(0, length))
      expect(await listUnfinished(journals)).toEqual([])
      const journal = await startJournal(journals, everyChange, allGone)
      await journal.record(0, 'begun')
      expect(await listUnfinished(journals)).toMatchObject([{plan: everyChange, progress: ['begun']}])
      await journal.end()
    }
  })

  test('that several processes start at once belongs to one of them', async () => {
    mkdirSync(journals)
    writeFileSync(file, '{"jour')
    const self = (pid: number) => ({self: {pid, startedAt: ''}, isRunning: () => true})
    const tries = await Promise.allSettled([2, 3, 4].map((pid) => startJournal(journals, everyChange, self(pid))))
    const winners = tries.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
    expect(winners).toHaveLength(1)
    await winners[0]?.record(0, 'begun')
    const pid = tries.findIndex(({status}) => status === 'fulfilled') + 2
    expect(await listUnfinished(journals)).toMatchObject([{progress: ['begun'], owner: {pid}}])
  })

  test('that has come to its end meanwhile is gone, and nothing of it comes back', async () => {
    const journal = await openJournal(journals, everyChange, allGone)
    rmSync(file)
    await expect(takeOverJournal(file, allGone)).rejects.toMatchObject({code: 'NotFound'})
    await expect(journal.record(0, 'begun')).rejects.toMatchObject({code: 'NotFound'})
    expect([await loadJournal(file), readdirSync(journals)]).toEqual([undefined, []])
  })
})

describe('an interrupted plan', () => {
  test('can be finished', async () => {
    const told: string[] = []
    const onStep = (_step: unknown, outcome: string) => told.push(outcome)
    const outcomes = await finishPlan(await interrupted(), filedThings(folder), {processes: allGone, onStep})
    expect(outcomes).toEqual(['done', 'done', 'done', 'done'])
    expect([await get('made'), await get('changed'), await get('removed')]).toEqual([
      after['made'],
      after['changed'],
      null,
    ])
    expect(readdirSync(journals)).toEqual([])
  })

  test('can be undone', async () => {
    await undoPlan(await interrupted(), filedThings(folder), {processes: allGone})
    expect([await get('made'), await get('changed'), await get('removed')]).toEqual([
      null,
      before['changed'],
      before['removed'],
    ])
    expect(readdirSync(journals)).toEqual([])
  })

  test('that fails while it is finished is undone, with what it did before the interruption', async () => {
    const unfinished = await interrupted()
    const {thing: works} = filedThings(folder)
    if (works === undefined) throw new Error('there is no such resource')
    const write: Resource['write'] = async (one, to) => {
      if (one === unfinished.plan.steps[3]) throw new Error('the service is broken')
      await works.write(one, to)
    }
    const broken = {thing: {...works, write}}
    await expect(finishPlan(unfinished, broken, {processes: allGone})).rejects.toMatchObject({code: 'PlanFailed'})
    expect([await get('made'), await get('changed'), await get('removed')]).toEqual([
      null,
      before['changed'],
      before['removed'],
    ])
  })

  test('blocks another plan about the same thing, not one about another', async () => {
    await interrupted()
    const other = {...everyChange, id: 'plan-2'}
    await expect(openJournal(journals, other, allGone)).rejects.toMatchObject({
      code: 'PlanUnfinished',
      message: expect.stringContaining('was interrupted'),
    })
    expect(readdirSync(journals)).toEqual(['plan-1.journal'])
    await expect(openJournal(journals, {...other, subject: 'fabrikam.com'}, allGone)).resolves.toBeDefined()
  })

  test('is not touched while its process lives', async () => {
    const unfinished = await interrupted()
    const running = {code: 'PlanUnfinished', message: expect.stringContaining('is running in another process (1)')}
    await expect(finishPlan(unfinished, filedThings(folder), {processes: allRunning})).rejects.toMatchObject(running)
    await expect(undoPlan(unfinished, filedThings(folder), {processes: allRunning})).rejects.toMatchObject(running)
    await expect(openJournal(journals, {...everyChange, id: 'plan-2'}, allRunning)).rejects.toMatchObject(running)
    expect(await get('removed')).toBe('half removed')
  })

  test('is taken over by one process only', async () => {
    await interrupted()
    const tries = [2, 3, 4].map((pid) => takeOverJournal(file, {self: {pid, startedAt: ''}, isRunning: () => false}))
    const results = await Promise.allSettled(tries)
    expect(results.filter(({status}) => status === 'fulfilled')).toHaveLength(1)
    const winner = results.findIndex(({status}) => status === 'fulfilled') + 2
    expect((await listUnfinished(journals))[0]?.owner?.pid).toBe(winner)
  })

  test('that has done something for good, whose trace was put away, is finished; undo still names it', async () => {
    const [made, ...others] = everyChange.steps
    const plan = planOf(
      {...step('made', null, after['made'] ?? null), ...made, irreversible: 'it is for good'},
      ...others,
    )
    const unfinished = await interrupted(plan)
    await put('made', null)
    await finishPlan(unfinished, filedThings(folder), {processes: allGone})
    expect([await get('made'), await get('removed')]).toEqual([null, null])
    const again = await interrupted(plan)
    await put('made', null)
    await expect(undoPlan(again, filedThings(folder), {processes: allGone})).rejects.toMatchObject({
      code: 'PartlyDone',
      details: expect.arrayContaining(['not undone: change made (made): it is for good']),
    })
    expect([await get('changed'), await get('removed'), readdirSync(journals)]).toEqual([
      before['changed'],
      before['removed'],
      [],
    ])
  })

  test('is not undone when something it did has been changed since', async () => {
    const unfinished = await interrupted()
    await put('made', 'changed by somebody')
    await expect(undoPlan(unfinished, filedThings(folder), {processes: allGone})).rejects.toMatchObject({
      code: 'PlanStale',
      details: [expect.stringContaining('made')],
    })
    expect([await get('made'), await get('removed')]).toEqual(['changed by somebody', 'half removed'])
    expect((await listUnfinished(journals))[0]?.owner).toBeUndefined()
  })
})
