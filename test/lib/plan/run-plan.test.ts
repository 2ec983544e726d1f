import {describe, expect, test} from '@jest/globals'
import {FedctlError} from '../../../src/lib/errors/fedctl-error.ts'
import {memoryJournal} from '../../../src/lib/plan/journal.ts'
import type {Plan, Resources, State, Step, StepOutcome} from '../../../src/lib/plan/plan.ts'
import {runPlan} from '../../../src/lib/plan/run-plan.ts'
import {after, before, everyChange, planOf, step} from '../../parts/plan-world.ts'

type Things = Record<string, State>
type Fault = 'before' | 'during' | 'after' | 'lie'

/** Things in memory; `faultAt(n)` says what goes wrong at the nth read or write. */
function world(
  start: Things,
  faultAt: (operation: number, what: 'read' | 'write') => Fault | undefined = () => undefined,
) {
  const things: Things = {...start}
  const writes: string[] = []
  let operations = 0
  const set = (target: string, to: State) => {
    if (to === null) delete things[target]
    else things[target] = to
  }
  const resources: Resources = {
    thing: {
      async read({target}) {
        const fault = faultAt(operations++, 'read')
        if (fault === 'lie') return 'a lie'
        if (fault !== undefined) throw new FedctlError('Unreachable', 'No answer came.')
        return things[target] ?? null
      },
      async write({target}, to) {
        const fault = faultAt(operations++, 'write')
        writes.push(target)
        if (fault !== 'before') set(target, fault === 'during' ? 'half' : to)
        if (fault !== undefined) throw new FedctlError('ServiceFailure', 'The service is broken.')
      },
    },
    manual: {
      read: async () => null,
      write: async () => {
        throw new Error('a manual step was written')
      },
      waitingFor: async ({target}) => (things[target] === undefined ? `${target} is missing.` : undefined),
    },
  }
  return {things, resources, writes, operations: () => operations}
}

async function failureOf(plan: Plan, resources: Resources, options = {}): Promise<FedctlError> {
  const error = await runPlan(plan, resources, options).then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (error instanceof FedctlError) return error
  throw new Error('it should have failed as expected', {cause: error})
}

describe('a plan', () => {
  test('is applied in order and each step is told', async () => {
    const {things, resources, writes} = world(before)
    const told: [string, StepOutcome][] = []
    const outcomes = await runPlan(everyChange, resources, {
      onStep: ({target}, outcome) => told.push([target, outcome]),
    })
    expect(outcomes).toEqual(['done', 'done', 'done', 'done'])
    expect(told.map(([target]) => target)).toEqual(writes)
    expect(things).toEqual(after)
  })

  test('run twice changes nothing the second time', async () => {
    const {resources, writes} = world(after)
    expect(await runPlan(everyChange, resources)).toEqual(['already so', 'already so', 'already so', 'already so'])
    expect(writes).toEqual([])
  })

  test('goes on from where a thing that changes twice stands', async () => {
    const {things, resources, writes} = world({...before, changed: {name: 'between'}})
    expect(await runPlan(everyChange, resources)).toEqual(['done', 'already so', 'done', 'done'])
    expect(writes).toEqual(['made', 'removed', 'changed'])
    expect(things).toEqual(after)
  })

  test('that leads back to where it began is carried out', async () => {
    const there = step('user', {name: 'a'}, {name: 'b'})
    const back = step('user', {name: 'b'}, {name: 'a'})
    const {resources, writes} = world({user: {name: 'a'}})
    expect(await runPlan(planOf(there, step('id', null, 1), back), resources)).toEqual(['done', 'done', 'done'])
    expect(writes).toEqual(['user', 'id', 'user'])
  })

  test('with a step that changes nothing writes nothing', async () => {
    const {resources, writes} = world({user: 1})
    expect(await runPlan(planOf(step('user', 1, 1)), resources)).toEqual(['already so'])
    expect(writes).toEqual([])
  })
})

describe('a stale plan', () => {
  test('touches nothing and names everything that moved', async () => {
    const certificate = 'M'.repeat(1000)
    const plan = planOf(
      step('a', {size: 1, certificate: 'x'}, {size: 2}),
      step('b', null, 1),
      step('c', 1, 2),
      step('d', {name: 'x'}, {name: 'y'}),
    )
    const {resources, writes} = world({a: {size: 3, certificate}, b: 7, c: 1})
    const error = await failureOf(plan, resources)
    expect(error.code).toBe('PlanStale')
    expect(error.details).toEqual([
      'a size is 3, expected 1; certificate is a value of 1002 characters, expected "x"',
      'b is there already, and not as it is wanted: is 7, expected 1',
      'd is not there',
    ])
    expect(writes).toEqual([])
  })

  test('is also one whose steps about one thing do not follow from each other', async () => {
    const {resources, writes} = world({a: 1})
    const error = await failureOf(planOf(step('a', 1, 2), step('a', 3, 4)), resources)
    expect([error.code, error.details, writes]).toEqual(['PlanStale', ['a, after "change a", is 2, expected 3'], []])
  })

  test('a kind of step that nobody knows is refused', async () => {
    const {resources} = world({})
    for (const kind of ['other', 'constructor', '__proto__'])
      expect((await failureOf(planOf(step('a', null, 1, {kind})), resources)).code).toBe('PlanUnreadable')
  })
})

describe('a proof', () => {
  const proof = step('proof', null, 'accepted', {proof: true})
  const manual = step('relying party', null, true, {manual: true, kind: 'manual', side: 'identity provider'})
  const plan = planOf(manual, step('domain', 0, 1), proof)

  test('is made when something was done, and not when all was so already, which waits for nobody', async () => {
    const {resources, writes} = world({domain: 0, 'relying party': true})
    expect(await runPlan(plan, resources)).toEqual(['done', 'done', 'done'])
    const other = world({domain: 1})
    expect(await runPlan(plan, other.resources)).toEqual(['already so', 'already so', 'already so'])
    expect([writes, other.writes]).toEqual([['domain', 'proof'], []])
  })

  test.each([
    ['that was interrupted is repeated', 'begun', ['proof']],
    ['that was done leaves no trace to be looked for', 'done', []],
  ] as const)('%s', async (_what, mark, written) => {
    const {resources, writes} = world({domain: 1})
    const journal = memoryJournal()
    for (const at of [1, 2]) await journal.record(at, at === 1 ? 'done' : mark)
    expect(await runPlan(plan, resources, {journal})).toEqual(['already so', 'done', 'done'])
    expect(writes).toEqual(written)
  })

  test('that fails undoes what was done before', async () => {
    const {things, resources} = world({domain: 0, 'relying party': true})
    const thing = resources['thing']
    if (thing === undefined) throw new Error()
    const write: typeof thing.write = async (one, to) => {
      if (one.proof) throw new FedctlError('Refused', 'AADSTS51004.')
      await thing.write(one, to)
    }
    const error = await failureOf(plan, {...resources, thing: {...thing, write}})
    expect([error.code, error.details, things['domain']]).toEqual(['PlanFailed', ['undone: change domain (domain)'], 0])
  })
})

describe('a manual step', () => {
  const manual = step('relying party', null, true, {manual: true, kind: 'manual', side: 'identity provider'})
  const plan = planOf(step('file', null, 1, {side: 'identity provider'}), manual, step('domain', 0, 1))

  test('stops the plan until it is done, then the plan goes on', async () => {
    const {things, resources, writes} = world({domain: 0})
    const error = await failureOf(plan, resources)
    expect([error.code, error.exitCode]).toEqual(['PlanWaiting', 6])
    expect(error.message).toContain('relying party is missing.')
    expect(error.details).toEqual([
      'done: change file (file)',
      'waiting: change relying party (relying party)',
      'not begun: change domain (domain)',
    ])
    expect(things).toEqual({domain: 0, file: 1})
    things['relying party'] = true
    expect(await runPlan(plan, resources)).toEqual(['already so', 'done', 'done'])
    expect(writes).toEqual(['file', 'domain'])
    delete things['relying party']
    expect(await runPlan(plan, resources)).toEqual(['already so', 'already so', 'already so'])
  })

  test('at the end, which nothing at the directory depends on, is told as waiting', async () => {
    const {resources} = world({domain: 0})
    const file = step('file', null, 1, {side: 'identity provider'})
    expect(await runPlan(planOf(step('domain', 0, 1), manual, file), resources)).toEqual(['done', 'waiting', 'done'])
  })
})

describe('a step that fails', () => {
  const total = (() => {
    const {resources, operations} = world(before)
    return runPlan(everyChange, resources).then(operations)
  })()

  test.each(['before', 'during', 'after', 'lie'] as const)(
    'in whatever place (%s its change), leaves everything as it was',
    async (fault) => {
      for (let place = 0; place < (await total); place += 1) {
        const {things, resources} = world(before, (operation) => (operation === place ? fault : undefined))
        const result = await runPlan(everyChange, resources).catch((error: unknown) => error)
        if (Array.isArray(result)) expect([fault, things]).toEqual(['lie', after])
        else expect(things).toEqual(before)
      }
    },
  )

  test('and an undo that fails too: what differs from before is named', async () => {
    const faults: readonly Fault[] = ['before', 'during', 'after', 'lie']
    for (let place = 3; place < (await total); place += 1)
      for (let second = place + 1; second < place + 12; second += 1)
        for (const fault of faults) {
          const {things, resources} = world(before, (operation, what) => {
            if (operation === place) return what === 'read' ? 'lie' : 'after'
            return operation === second ? fault : undefined
          })
          const error = await failureOf(everyChange, resources)
          const differing = everyChange.steps.filter(
            ({target}) => JSON.stringify(things[target]) !== JSON.stringify(before[target]),
          )
          for (const {target} of differing)
            expect(error.details.some((line) => line.startsWith('not undone:') && line.includes(`(${target})`))).toBe(
              true,
            )
          if (differing.length > 0) expect(error.code).toBe('PartlyDone')
          if (error.code === 'PlanFailed') expect(things).toEqual(before)
        }
  })

  test('names the step, the cause and what was undone', async () => {
    const {resources} = world(before, (operation) => (operation === 7 ? 'before' : undefined))
    const error = await failureOf(everyChange, resources)
    expect([error.code, error.exitCode]).toEqual(['PlanFailed', 1])
    expect(error.message).toBe(
      'change-things of contoso.com failed at "change removed" (removed): The service is broken. Everything that was begun has been undone.',
    )
    expect(error.details).toEqual([
      'undone: change removed (removed)',
      'undone: change changed (changed)',
      'undone: change made (made)',
    ])
    expect(error.cause).toBeInstanceOf(FedctlError)
  })

  test('and had changed nothing, throws its own error', async () => {
    const {resources} = world({a: 1}, (operation) => (operation === 1 ? 'before' : undefined))
    expect((await failureOf(planOf(step('a', 1, 2)), resources)).code).toBe('ServiceFailure')
  })
})

describe('undo', () => {
  test('never touches an irreversible step, and says why', async () => {
    const reset = step('password', null, 'reset', {irreversible: 'the old password is not known'})
    const plan = planOf(step('domain', 1, 2), reset, step('other', 1, 2))
    const {things, resources} = world({domain: 1, other: 1}, (operation) => (operation === 7 ? 'after' : undefined))
    const error = await failureOf(plan, resources)
    expect([error.code, error.exitCode, error.hints]).toEqual(['PartlyDone', 6, []])
    expect(error.details).toEqual([
      'undone: change other (other)',
      'not undone: change password (password): the old password is not known',
      'undone: change domain (domain)',
    ])
    expect(things).toEqual({domain: 1, other: 1, password: 'reset'})
  })

  test('of a thing that changed twice stops where it cannot go on', async () => {
    const {things, resources} = world({a: 1, b: 0}, (operation, what) =>
      what === 'write' && operation > 5 ? 'before' : undefined,
    )
    const error = await failureOf(planOf(step('a', 1, 2), step('a', 2, 3), step('b', 0, 1)), resources)
    expect(error.details).toEqual([
      'undone: change b (b)',
      'not undone: change a (a): The service is broken.',
      'not undone: change a (a): left as it is, because "change a" could not be undone',
    ])
    expect(things).toEqual({a: 3, b: 0})
  })

  test('leaves the identity provider alone while the directory may still point at it', async () => {
    const plan = planOf(step('party', null, 1, {side: 'identity provider'}), step('domain', 0, 1))
    const {things, resources} = world({domain: 0}, (operation) => (operation >= 4 ? 'after' : undefined))
    const error = await failureOf(plan, resources)
    expect(error.details).toEqual([
      'not undone: change domain (domain): No answer came.',
      'not undone: change party (party): left as it is, because "change domain" could not be undone',
    ])
    expect(things).toEqual({domain: 1, party: 1})
    expect(error.hints).toEqual([])
  })

  test('that could not be ended says where it goes on, when another process can', async () => {
    const {resources} = world({domain: 0}, (operation) => (operation >= 1 ? 'after' : undefined))
    const journal = {...memoryJournal(), file: 'plan-1.journal'}
    const error = await failureOf(planOf(step('domain', 0, 1)), resources, {journal})
    expect(error.hints).toEqual([expect.stringContaining('stays in its journal')])
  })
})

test('aborting before the first step is an interruption too', async () => {
  const {things, resources} = world(before)
  expect((await failureOf(everyChange, resources, {signal: AbortSignal.abort()})).code).toBe('Interrupted')
  expect(things).toEqual(before)
})

test('aborting undoes what was begun and lists it', async () => {
  const {things, resources} = world(before)
  const stop = new AbortController()
  const onStep = ({target}: Step) => {
    if (target === 'changed') stop.abort()
  }
  const error = await failureOf(everyChange, resources, {signal: stop.signal, onStep})
  expect([error.code, error.exitCode]).toEqual(['Interrupted', 130])
  expect(error.details).toEqual(['undone: change changed (changed)', 'undone: change made (made)'])
  expect(things).toEqual(before)
})
