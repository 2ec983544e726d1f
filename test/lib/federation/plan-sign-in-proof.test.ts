import {createPrivateKey} from 'node:crypto'
import {beforeAll, describe, expect, test} from '@jest/globals'
import {planConversionToFederated} from '../../../src/lib/federation/plan-conversion-to-federated.ts'
import {planConversionToStandard} from '../../../src/lib/federation/plan-conversion-to-standard.ts'
import {findProofProblems, planSignInProof} from '../../../src/lib/federation/plan-sign-in-proof.ts'
import type {TrustFacts} from '../../../src/lib/federation/trust-facts.ts'
import type {FederationSettings} from '../../../src/lib/model/federation-settings.ts'
import {rsaKey, signingIdentity} from '../../parts/signing-identity.ts'
import {adfs, domain, facts, user} from '../../parts/trust-facts.ts'

const keys = {own: '', other: ''}
let settings: FederationSettings
beforeAll(async () => {
  Object.assign(keys, {own: rsaKey(), other: rsaKey()})
  settings = adfs(Buffer.from((await signingIdentity(keys.own)).certificate.der).toString('base64'))
})
const keyIn = async (path: string) => createPrivateKey(keys[path as keyof typeof keys])

const planned = (given: Partial<TrustFacts> = {}, more: Partial<FederationSettings> = {}) => {
  const wanted = {settings: {...settings, ...more}, supportMultipleDomain: false, now: new Date('2026-06-01T00:00:00Z')}
  return planSignInProof(planConversionToFederated(facts(given), wanted), facts(given), 'own')
}

describe('the proof of a plan', () => {
  test('is its last step, for the first user who may sign in, and says all that the token needs but the key', () => {
    const users = [
      user('none@contoso.com'),
      user('out@contoso.com', {immutableId: 'b3V0', blockCredential: true}),
      user('ada@eu.contoso.com', {immutableId: 'YWRh'}),
    ]
    const {steps, summary, findings} = planned({users}, {preferredAuthenticationProtocol: 'Samlp'})
    expect(steps.map(({action}) => action)).toEqual(['federate the domain', 'prove by a token'])
    expect(steps[1]).toMatchObject({
      side: 'directory',
      target: 'ada@eu.contoso.com',
      before: null,
      after: {immutableId: 'YWRh', issuerUri: settings.issuerUri, protocol: 'Samlp', signingKeyIn: 'own'},
      proof: true,
    })
    expect([summary.at(-1), findings.map(({code}) => code)]).toEqual([
      expect.stringContaining('a token for ada@eu.contoso.com'),
      ['UsersWithoutImmutableId'],
    ])
  })

  test.each([
    ['nobody is there', []],
    ['nobody has an immutable id', [user('ada@contoso.com')]],
    ['nobody may sign in', [user('ada@contoso.com', {immutableId: 'YWRh', blockCredential: true})]],
  ])('is left out with a warning when %s', (_what, users) => {
    const {steps, findings} = planned({users})
    expect(steps).toHaveLength(1)
    expect(findings.at(-1)).toMatchObject({severity: 'warning', code: 'TrustNotProven'})
  })

  test('is no part of a plan that makes no trust', () => {
    const federated = {domain: domain('contoso.com', {authentication: 'Federated'}), settings}
    expect(planned(federated).steps).toEqual([])
    const toStandard = planConversionToStandard(facts(federated), {})
    expect(planSignInProof(toStandard, facts(federated), 'own')).toBe(toStandard)
  })

  test('is forbidden with the key of another certificate', async () => {
    const {steps} = planned()
    expect(await findProofProblems(steps, keyIn)).toEqual([])
    const [problem] = await findProofProblems(steps, async () => keyIn('other'))
    expect(problem).toMatchObject({severity: 'error', code: 'SigningKeyForeign', subject: 'own', final: true})
    await expect(findProofProblems([{...steps[1], after: {}} as never], keyIn)).rejects.toMatchObject({
      code: 'PlanUnreadable',
    })
  })
})
