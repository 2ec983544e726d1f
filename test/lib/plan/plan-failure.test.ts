import {expect, test} from '@jest/globals'
import type {Step} from '../../../src/lib/plan/plan.ts'
import {undoLines} from '../../../src/lib/plan/plan-failure.ts'

const undone = (target: string, outcome: 'undone' | 'not undone', reason?: string) => ({
  step: {action: 'reset the password', target} as Step,
  outcome,
  ...(reason === undefined ? {} : {reason}),
})

test('few steps are told one by one, many of a kind at once with their number', () => {
  expect(undoLines([undone('a', 'undone'), undone('b', 'not undone', 'why')])).toEqual([
    'undone: reset the password (a)',
    'not undone: reset the password (b): why',
  ])
  const many = Array.from({length: 73}, (_, index) => undone(`u${index}`, 'not undone', 'why'))
  expect(undoLines([...many, undone('a', 'undone')])).toEqual([
    'not undone, 73 times: reset the password (u0, u1, u2 and 70 more): why',
    'undone: reset the password (a)',
  ])
})
