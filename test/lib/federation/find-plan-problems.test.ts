import {beforeAll, describe, expect, test} from '@jest/globals'
import {settingsStep, toSettingsState} from '../../../src/lib/federation/federation-settings-resource.ts'
import {findStepProblems} from '../../../src/lib/federation/find-plan-problems.ts'
import type {TrustFacts} from '../../../src/lib/federation/trust-facts.ts'
import {passwordStep} from '../../../src/lib/federation/user-password-resource.ts'
import type {State, Step} from '../../../src/lib/plan/plan.ts'
import {toUndoPlan} from '../../../src/lib/plan/to-undo-plan.ts'
import {planOf} from '../../parts/plan-world.ts'
import {rsaKey, signingIdentity} from '../../parts/signing-identity.ts'
import {adfs, domain, facts, user} from '../../parts/trust-facts.ts'

const [then, later] = [new Date('2026-06-01T00:00:00Z'), new Date('2028-06-01T00:00:00Z')]
let settings = adfs('')
beforeAll(async () => {
  const {certificate} = await signingIdentity(rsaKey())
  settings = adfs(Buffer.from(certificate.der).toString('base64'))
})

const trust = (): State => toSettingsState(settings)
const step = (before: State, after: State) => settingsStep('contoso.com', 'change the trust', {before, after})
const federated = (more: Partial<TrustFacts> = {}) =>
  facts({domain: domain('contoso.com', {authentication: 'Federated'}), settings, ...more})
const codes = (one: Step, given: TrustFacts, {now = then, takesBack = false, others = [] as Step[]} = {}) => {
  const plan = planOf(one, ...others)
  return findStepProblems(given, {plan: takesBack ? toUndoPlan(plan) : plan, step: one, now}).map(({code}) => code)
}

describe('a plan that was made earlier', () => {
  test('is as good as then when nothing has changed', () => {
    expect(codes(step(null, trust()), facts())).toEqual([])
    expect(
      codes(step(trust(), {...(trust() as object), logOffUri: 'https://sts.contoso.com/off'}), federated()),
    ).toEqual([])
  })

  test.each<[string, Partial<TrustFacts>]>([
    ['NoAdministratorLeft', {administrators: []}],
    ['CallerInDomain', {caller: user('ada@contoso.com')}],
    ['DomainIsDefault', {domain: domain('contoso.com', {isDefault: true})}],
    ['IssuerTaken', {otherTrusts: [{domain: 'fabrikam.com', settings: {...adfs(''), passiveLogOnUri: 'https://x/'}}]}],
    ['UsersWithoutImmutableId', {users: [user('ada@contoso.com')]}],
  ])('meets %s, which came up since', (code, since) => {
    expect(codes(step(null, trust()), facts(since))).toEqual([code])
  })

  test('meets a certificate that has expired since, where it is newly written', () => {
    expect(codes(step(null, trust()), facts(), {now: later})).toEqual(['CertificateExpired'])
    const renamed = {...(trust() as object), federationBrandName: 'New'}
    expect(codes(step(trust(), renamed), federated(), {now: later})).toEqual([])
    expect(codes(step({...renamed, signingCertificate: 'none'}, renamed), federated(), {now: later})).toEqual([
      'CertificateExpired',
    ])
  })

  test('that is carried out already has nothing against it', () => {
    expect(codes(step(null, trust()), federated({administrators: []}))).toEqual([])
    expect(codes(step(trust(), null), facts({users: [user('ada@contoso.com')]}))).toEqual([])
  })

  test('stops at users who came since and get no password', () => {
    const users = [user('ada@contoso.com'), user('bob@contoso.com')]
    const others = [passwordStep('ADA@contoso.com', '/passwords')]
    expect(codes(step(trust(), null), federated({users}), {others})).toEqual(['UsersNotInPlan'])
    expect(codes(step(trust(), null), federated({users: users.slice(0, 1)}), {others})).toEqual([])
  })

  test.each<State>([
    'all',
    {},
    {issuerUri: 1},
    {issuerUri: 'urn:x', signingCertificate: 7},
    {issuerUri: 'urn:x', name: 'x'},
  ])('with settings that are none is refused: %j', (after) =>
    expect(() => codes(step(null, after), facts())).toThrow('federation settings that are none'),
  )
})

describe('a plan that takes another back', () => {
  test('brings an old trust back with the faults it had', () => {
    const {federatedIdpMfaBehavior: _none, ...old} = trust() as {[name: string]: State}
    const one = step(null, {...old, passiveLogOnUri: 'http://sts.contoso.com/'})
    expect(codes(one, facts(), {now: later, takesBack: true})).toEqual([])
  })

  test('still locks nobody out and breaks no rule of the directory', () => {
    const since = {administrators: [], domain: domain('contoso.com', {isDefault: true})}
    expect(codes(step(null, trust()), facts(since), {takesBack: true})).toEqual([
      'DomainIsDefault',
      'NoAdministratorLeft',
    ])
    expect(codes(step(trust(), null), federated({administrators: []}), {takesBack: true})).toEqual([])
  })
})
