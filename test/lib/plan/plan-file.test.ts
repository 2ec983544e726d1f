import {describe, expect, test} from '@jest/globals'
import fc from 'fast-check'
import type {State} from '../../../src/lib/plan/plan.ts'
import {readPlan, writePlan} from '../../../src/lib/plan/plan-file.ts'
import {sameState} from '../../../src/lib/plan/same-state.ts'
import {toUndoPlan} from '../../../src/lib/plan/to-undo-plan.ts'
import {everyChange, planOf, step} from '../../parts/plan-world.ts'

describe('a saved plan', () => {
  test('is read as it was written', () => {
    const state = fc.jsonValue().map((value) => JSON.parse(JSON.stringify(value)) as State)
    fc.assert(
      fc.property(state, state, fc.string(), (before, after, action) => {
        const plan = planOf(step('a', before, after, {action, irreversible: action}))
        expect(readPlan(writePlan(plan), 'plan.json')).toEqual(plan)
      }),
    )
  })

  test.each([
    ['no JSON', '{', 'it is not JSON'],
    ['JSON of another kind', '[]', 'it is JSON of another kind'],
    ['another version', '{"fedctlPlan":2}', 'its form has version 2, this fedctl reads version 1'],
    ['no plan', '{"fedctlPlan":1}', 'the plan is not an object'],
  ])('with %s is refused', (_what, text, problem) => {
    expect(() => readPlan(text, 'plan.json')).toThrow(`plan.json is not a saved plan: ${problem}.`)
  })

  test.each([
    ['"id": "plan-1"', '"id": "../plan"', 'id is not an id'],
    ['"createdAt": "2026', '"createdAt": "x2026', 'createdAt is not a time'],
    ['"side": "directory"', '"side": "moon"', 'steps[1].side is none of: identity provider, directory'],
    ['"manual": false', '"manual": "no"', 'steps[0].manual is not true or false'],
    ['"before": null,', '', 'steps[0].before is missing'],
    ['"target": "made"', '"target": 1', 'steps[0].target is not a text'],
    ['"kind"', '"sort"', 'steps[0] has "sort", which does not belong there'],
    [
      '"findings": []',
      '"findings": [{"severity": "bad"}]',
      'findings[0].severity is none of: error, warning, information',
    ],
    ['"summary": []', '"summary": "all"', 'summary is not a list'],
  ])('in which %s is %s is refused', (right, wrong, problem) => {
    const text = writePlan(everyChange)
    expect(text).toContain(right)
    expect(() => readPlan(text.replace(right, wrong), 'plan.json')).toThrow(
      `plan.json is not a saved plan: ${problem}.`,
    )
  })
})

test('states may be nested, but not without end', () => {
  const nested = (levels: number) => JSON.parse('['.repeat(levels) + ']'.repeat(levels)) as State
  const plan = planOf(step('a', null, nested(32)))
  expect(readPlan(writePlan(plan), 'plan.json')).toEqual(plan)
  const text = writePlan(planOf(step('a', null, 'deep')))
  for (const levels of [33, 20_000, 1_000_000])
    expect(() => readPlan(text.replace('"deep"', '['.repeat(levels) + ']'.repeat(levels)), 'plan.json')).toThrow(
      'steps[0].after is nested more than 32 deep',
    )
})

describe('the undo plan', () => {
  test('goes back step by step', () => {
    const undo = toUndoPlan(everyChange)
    expect(undo.id).toBe('plan-1-undo')
    expect(undo.steps.map(({target, before, after}) => [target, before, after])).toEqual(
      everyChange.steps.map(({target, before, after}) => [target, after, before]).reverse(),
    )
  })

  test('says what stays and what a person has to take back', () => {
    const undo = toUndoPlan(
      planOf(
        step('party', null, true, {manual: true}),
        step('domain', 1, 2),
        step('proof', null, 'signed in', {proof: true}),
        step('ada', null, 'reset', {action: 'reset', irreversible: 'the old password is not known'}),
        step('bob', null, 'reset', {action: 'reset', irreversible: 'the old password is not known'}),
      ),
    )
    expect(undo.steps.map(({target}) => target)).toEqual(['domain', 'party'])
    expect(undo.summary.slice(1)).toEqual([
      'Stays (ada and 1 more): reset: the old password is not known.',
      'By hand: take back "change party" (party).',
    ])
  })
})

test.each<[State, State, boolean]>([
  [{a: 1, b: [1, 2]}, {b: [1, 2], a: 1}, true],
  [{a: null}, {}, true],
  [[1, 2], [2, 1], false],
  [null, {}, false],
  [{a: {b: 1}}, {a: {b: 2}}, false],
])('%j and %j are the same state: %j', (one, other, same) => {
  expect(sameState(one, other)).toBe(same)
})
