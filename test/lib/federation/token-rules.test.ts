import {expect, test} from '@jest/globals'
import {planTokenRulesChange} from '../../../src/lib/federation/plan-token-rules-change.ts'
import {tokenRulesOf} from '../../../src/lib/federation/token-rules-resource.ts'
import {strictTokenRules} from '../../../src/lib/model/token-rules.ts'
import type {State} from '../../../src/lib/plan/plan.ts'

const domain = {name: 'contoso.com'}
const codes = (plan: ReturnType<typeof planTokenRulesChange>) => plan.findings.map(({code}) => code)

test('what is so already makes no step; only SHA-1 that becomes allowed is warned of', () => {
  expect(planTokenRulesChange(domain, strictTokenRules, {allowSha1: false})).toEqual({findings: [], steps: []})
  expect(codes(planTokenRulesChange(domain, strictTokenRules, {lifetimeMinutes: 480}))).toEqual([])
  const weak = {...strictTokenRules, allowSha1: true}
  expect(codes(planTokenRulesChange(domain, strictTokenRules, weak))).toEqual(['Sha1Allowed'])
  expect(codes(planTokenRulesChange(domain, weak, {lifetimeMinutes: 480}))).toEqual([])
  expect(codes(planTokenRulesChange({...domain, rootDomain: 'com'}, weak, strictTokenRules))).toEqual([
    'SubdomainFollowsRoot',
  ])
})

test.each<[string, State]>([
  ['nothing', null],
  ['half of them', {lifetimeMinutes: 60}],
  ['no time', {lifetimeMinutes: 0, allowSha1: false}],
  ['more than a day', {lifetimeMinutes: 1441, allowSha1: false}],
  ['a word for a flag', {lifetimeMinutes: 60, allowSha1: 'no'}],
  ['more than there is', {lifetimeMinutes: 60, allowSha1: false, skewSeconds: 900}],
])('a plan that holds %s holds no rules', (_, state) => {
  expect(() => tokenRulesOf(state)).toThrow(expect.objectContaining({code: 'PlanUnreadable'}))
})
