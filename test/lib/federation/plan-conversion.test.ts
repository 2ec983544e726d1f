import {beforeAll, describe, expect, test} from '@jest/globals'
import {
  planConversionToFederated,
  type WantedConversion,
} from '../../../src/lib/federation/plan-conversion-to-federated.ts'
import {planConversionToStandard} from '../../../src/lib/federation/plan-conversion-to-standard.ts'
import {planSettingsChange} from '../../../src/lib/federation/plan-settings-change.ts'
import type {TrustFacts} from '../../../src/lib/federation/trust-facts.ts'
import type {Domain} from '../../../src/lib/model/domain.ts'
import type {FederationSettings} from '../../../src/lib/model/federation-settings.ts'
import type {Finding} from '../../../src/lib/model/finding.ts'
import {rsaKey, signingIdentity} from '../../parts/signing-identity.ts'
import {adfs, domain, facts, user} from '../../parts/trust-facts.ts'

const now = new Date('2026-06-01T00:00:00Z')
const certificates = {current: '', next: '', expired: '', future: '', weak: '', thumbprint: ''}
beforeAll(async () => {
  const key = rsaKey()
  const make = async (years: readonly [number, number], privateKey = key) => {
    const [notBefore, notAfter] = years.map((year) => new Date(Date.UTC(year, 0, 1)))
    const {certificate} = await signingIdentity(privateKey, {
      ...(notBefore && {notBefore}),
      ...(notAfter && {notAfter}),
    })
    return certificate
  }
  const current = await make([2026, 2027])
  certificates.thumbprint = current.thumbprint
  certificates.current = base64(current.der)
  certificates.next = base64((await make([2026, 2028])).der)
  certificates.expired = base64((await make([2025, 2026])).der)
  certificates.future = base64((await make([2027, 2028])).der)
  certificates.weak = base64((await make([2026, 2028], rsaKey(1024))).der)
})
const base64 = (der: Uint8Array) => Buffer.from(der).toString('base64')

const work = {files: [{path: '/out/adfs.ps1', text: 'script', before: null}], action: 'run adfs.ps1'}
const settings = (more: Partial<FederationSettings> = {}) => ({...adfs(certificates.current), ...more})
const wanted = (more: Partial<FederationSettings> = {}, wish: Partial<WantedConversion> = {}): WantedConversion => ({
  settings: settings(more),
  supportMultipleDomain: false,
  relyingParty: work,
  now,
  ...wish,
})
const without = (...names: (keyof FederationSettings)[]) =>
  Object.fromEntries(Object.entries(settings()).filter(([name]) => !names.includes(name as never)))
const shown = (findings: readonly Finding[]) =>
  findings.map(({severity, code, final}) => `${severity}${final ? ' (final)' : ''} ${code}`)
const found = (given: Partial<TrustFacts>, wish: WantedConversion = wanted()) =>
  shown(planConversionToFederated(facts(given), wish).findings)

describe('federating a domain', () => {
  test('writes files, waits for a person, then points the directory at the provider', () => {
    const {steps, findings} = planConversionToFederated(facts(), wanted())
    expect(findings).toEqual([])
    expect(steps.map(({side, target, action, manual}) => [side, target, action, manual])).toEqual([
      ['identity provider', '/out/adfs.ps1', 'write the file', false],
      ['identity provider', 'https://sts.contoso.com/adfs/ls/', 'run adfs.ps1', true],
      ['directory', 'contoso.com', 'federate the domain', false],
    ])
    expect(steps[2]).toMatchObject({before: null, after: settings()})
  })

  test('says first who changes, who cannot sign in, what follows, and by which certificates', () => {
    const {summary} = planConversionToFederated(
      facts({users: [user('ada@contoso.com'), user('bob@eu.contoso.com')], subdomains: ['eu.contoso.com']}),
      wanted({nextSigningCertificate: certificates.next}),
    )
    expect(summary).toEqual([
      '2 users will sign in at the identity provider.',
      '2 users without an immutable id cannot sign in then.',
      'Subdomains that follow: eu.contoso.com.',
      `Signing certificate: ${certificates.thumbprint} (CN=Token Signing - contoso.test, until 2027-01-01).`,
      expect.stringMatching(/^Next signing certificate: [0-9A-F]{40} /),
      'Issuer: http://sts.contoso.com/adfs/services/trust.',
      expect.stringContaining('the directory always asks itself'),
    ])
  })

  test('with the cloud side only has one step', () => {
    const {relyingParty: _none, ...wish} = wanted()
    expect(planConversionToFederated(facts(), wish).steps).toHaveLength(1)
  })

  test('asks the provider by the protocol it speaks', () => {
    const {steps} = planConversionToFederated(facts(), wanted({preferredAuthenticationProtocol: 'Samlp'}))
    expect(steps[1]?.after).toEqual({readyBy: 'Samlp'})
  })

  test('that is federated just so already has nothing to do, whatever the service has added', () => {
    const federated = {domain: domain('contoso.com', {authentication: 'Federated'}), settings: settings()}
    expect(planConversionToFederated(facts(federated), wanted())).toMatchObject({steps: [], findings: []})
    const {preferredAuthenticationProtocol: _added, ...less} = settings()
    expect(planConversionToFederated(facts(federated), {...wanted(), settings: less}).steps).toEqual([])
  })

  test('with --support-multiple-domain has the issuer of the domain', () => {
    const {steps} = planConversionToFederated(facts(), wanted({}, {supportMultipleDomain: true}))
    expect(steps.at(-1)?.after).toMatchObject({issuerUri: 'http://contoso.com/adfs/services/trust/'})
  })
})

const withSubdomain = (more: Partial<Domain>): Partial<TrustFacts> => ({
  domains: [...facts().domains, domain('eu.contoso.com', {...more, rootDomain: 'contoso.com'})],
  subdomains: ['eu.contoso.com'],
})

describe('what speaks against federating', () => {
  test.each<[string, Partial<TrustFacts>]>([
    ['error (final) DomainNotVerified', {domain: domain('contoso.com', {status: 'Unverified'})}],
    ['error (final) DomainIsInitial', {domain: domain('contoso.com', {isInitial: true, isDefault: true})}],
    ['error (final) DomainIsDefault', {domain: domain('contoso.com', {isDefault: true})}],
    ['error (final) DomainIsDefault', withSubdomain({isDefault: true})],
    ['error (final) DomainIsInitial', withSubdomain({isDefault: true, isInitial: true})],
    ['error (final) SubdomainFollowsRoot', {domain: domain('eu.contoso.com', {rootDomain: 'contoso.com'})}],
    ['error (final) AlreadyFederated', {domain: domain('contoso.com', {authentication: 'Federated'})}],
    ['error CallerInDomain', {caller: user('ada@contoso.com')}],
    ['error CallerInDomain', {caller: user('ada@eu.contoso.com'), subdomains: ['eu.contoso.com']}],
    ['error NoAdministratorLeft', {administrators: []}],
    ['error NoAdministratorLeft', {administrators: [user('admin@contoso.onmicrosoft.com')]}],
    ['error NoAdministratorLeft', {administrators: [enabled('admin@contoso.com')]}],
    [
      'error NoAdministratorLeft',
      {administrators: [{...enabled('admin@contoso.onmicrosoft.com'), blockCredential: true}]},
    ],
    ['warning UsersWithoutImmutableId', {users: [user('ada@contoso.com')]}],
  ])('the directory: %s', (finding, given) => {
    expect(found(given)).toEqual([finding])
  })

  test('a subdomain that follows and its administrators are not left either', () => {
    const eu = domain('eu.contoso.com', {rootDomain: 'contoso.com'})
    const given = {
      domains: [...facts().domains, eu],
      subdomains: [eu.name],
      administrators: [enabled('a@eu.contoso.com')],
    }
    expect(found(given)).toEqual(['error NoAdministratorLeft'])
  })

  test.each<[string, () => Partial<FederationSettings>]>([
    ['error (final) CertificateMissing', () => without('signingCertificate')],
    ['error (final) CertificateUnreadable', () => settings({signingCertificate: 'AAAA'})],
    ['error (final) CertificateExpired', () => settings({signingCertificate: certificates.expired})],
    ['error (final) CertificateNotYetValid', () => settings({signingCertificate: certificates.future})],
    ['error (final) CertificateKeyTooShort', () => settings({signingCertificate: certificates.weak})],
    ['error (final) CertificateExpired', () => settings({nextSigningCertificate: certificates.expired})],
    ['error (final) IssuerMissing', () => without('issuerUri')],
    ['error (final) PassiveAddressMissing', () => without('passiveLogOnUri')],
    ['warning ActiveAddressMissing', () => without('activeLogOnUri')],
    ['warning MetadataExchangeMissing', () => without('metadataExchangeUri')],
    ['error AddressNotHttps', () => settings({passiveLogOnUri: 'http://sts.contoso.com/adfs/ls/'})],
    ['error (final) AddressMalformed', () => settings({logOffUri: 'sts'})],
    ['error (final) MfaBehaviorMissing', () => without('federatedIdpMfaBehavior')],
  ])('the settings: %s', (finding, given) => {
    expect(found({}, {...wanted(), settings: given()})).toEqual([finding])
  })

  test('a next certificate may be one that is still to come; SAML has no active address', () => {
    expect(found({}, wanted({nextSigningCertificate: certificates.future}))).toEqual([])
    const saml = {
      ...without('activeLogOnUri', 'metadataExchangeUri'),
      preferredAuthenticationProtocol: 'Samlp' as const,
    }
    expect(found({}, {...wanted(), settings: saml})).toEqual([])
  })

  const trust = (name: string, more: Partial<FederationSettings> = {}) => ({domain: name, settings: settings(more)})
  const ownIssuer = {issuerUri: 'http://fabrikam.com/adfs/services/trust/'}
  const elsewhere = {issuerUri: 'urn:other', passiveLogOnUri: 'https://sts.fabrikam.com/adfs/ls/'}
  test.each([
    ['the same issuer as another domain', trust('fabrikam.com'), false, ['error (final) IssuerTaken']],
    [
      'several domains, but the other is not told apart',
      trust('fabrikam.com'),
      true,
      ['error (final) OtherDomainNotToldApart'],
    ],
    [
      'the plain issuer, but the other is told apart',
      trust('fabrikam.com', ownIssuer),
      false,
      ['error (final) SupportMultipleDomainNeeded'],
    ],
    ['several domains, all told apart', trust('fabrikam.com', ownIssuer), true, []],
    ['another provider', trust('fabrikam.com', elsewhere), false, []],
  ])('the issuer: %s', (_what, other, supportMultipleDomain, findings) => {
    expect(found({otherTrusts: [other]}, wanted({}, {supportMultipleDomain}))).toEqual(findings)
  })

  test('everything is told at once, and who lends the issuer is named', () => {
    const given = {
      domain: domain('contoso.com', {status: 'Unverified'}),
      administrators: [],
      otherTrusts: [trust('fabrikam.com')],
    }
    const {findings} = planConversionToFederated(facts(given), {
      ...wanted(),
      settings: settings({logOffUri: 'http://x'}),
    })
    expect(findings.map(({code}) => code)).toEqual([
      'DomainNotVerified',
      'NoAdministratorLeft',
      'IssuerTaken',
      'AddressNotHttps',
    ])
    expect(findings[2]?.message).toContain('fabrikam.com')
  })
})

describe('making a domain managed', () => {
  const federated = () => ({domain: domain('contoso.com', {authentication: 'Federated'}), settings: settings()})
  const wish = {passwordFile: '/out/passwords', removal: {...work, action: 'remove it'}}

  test('changes the directory first, then resets passwords, then removes the relying party', () => {
    const synchronized = user('bob@contoso.com', {lastDirSyncTime: '2026-01-01T00:00:00Z'})
    const {steps, summary, findings} = planConversionToStandard(
      facts({...federated(), users: [user('ada@contoso.com'), synchronized], subdomains: ['eu.contoso.com']}),
      wish,
    )
    expect(steps.map(({side, target, action, manual}) => [side, target, action, manual])).toEqual([
      ['directory', 'contoso.com', 'make the domain managed', false],
      ['directory', 'ada@contoso.com', 'reset the password', false],
      ['identity provider', '/out/adfs.ps1', 'write the file', false],
      ['identity provider', 'https://sts.contoso.com/adfs/ls/', 'remove it', true],
    ])
    expect(steps[0]).toMatchObject({before: settings(), after: null})
    expect(steps[1]?.irreversible).toContain('cannot be restored')
    expect(summary).toEqual([
      '2 users will sign in at the directory.',
      '1 password will be reset and written to /out/passwords. Undo cannot restore a password.',
      'Subdomains that follow: eu.contoso.com.',
      'The relying party is needed by no other domain and can be removed.',
    ])
    expect(shown(findings)).toEqual(['warning SynchronizedPasswordsLeftAlone'])
  })

  test('leaves the relying party to the domains that need it', () => {
    const others = [{domain: 'fabrikam.com', settings: settings({issuerUri: 'urn:other'})}]
    const {steps, summary} = planConversionToStandard(facts({...federated(), otherTrusts: others}), wish)
    expect(steps.map(({side}) => side)).toEqual(['directory', 'directory'])
    expect(summary.at(-1)).toBe('The relying party stays: fabrikam.com needs it.')
  })

  test('without new passwords warns of those who cannot sign in', () => {
    const {steps, findings} = planConversionToStandard(facts(federated()), {})
    expect(steps).toHaveLength(1)
    expect(shown(findings)).toEqual(['warning UsersWithoutPassword'])
  })

  test('is possible when the settings cannot be read, and not for a subdomain', () => {
    const broken = planConversionToStandard(facts({domain: federated().domain}), wish)
    expect(broken.steps[0]?.before).toBe('federated, without settings')
    const below = domain('eu.contoso.com', {authentication: 'Federated', rootDomain: 'contoso.com'})
    const {findings} = planConversionToStandard(facts({...federated(), domain: below}), wish)
    expect(shown(findings)).toEqual(['error (final) SubdomainFollowsRoot'])
  })

  test('has nothing to do for a managed domain', () => {
    expect(planConversionToStandard(facts(), wish).steps).toEqual([])
  })
})

describe('changing the settings of a trust', () => {
  const federated = (more: Partial<FederationSettings> = {}) =>
    facts({domain: domain('contoso.com', {authentication: 'Federated'}), settings: settings(more)})

  test('changes what is given and clears what is null', () => {
    const {steps} = planSettingsChange(federated(), {federationBrandName: 'New', logOffUri: null}, now)
    expect(steps).toHaveLength(1)
    expect(steps[0]?.before).toEqual(settings())
    expect(steps[0]?.after).toEqual({...without('logOffUri'), federationBrandName: 'New'})
  })

  test('finds what the change makes wrong, not what was wrong before', () => {
    const old = federated({signingCertificate: certificates.expired, logOffUri: 'http://sts'})
    expect(planSettingsChange(old, {federationBrandName: 'New'}, now).findings).toEqual([])
    const {findings} = planSettingsChange(old, {passiveLogOnUri: null, nextSigningCertificate: certificates.weak}, now)
    expect(shown(findings)).toEqual(['error (final) CertificateKeyTooShort', 'error (final) PassiveAddressMissing'])
  })

  test('of a managed domain is refused; the same settings are nothing to do', () => {
    expect(() => planSettingsChange(facts(), {}, now)).toThrow('is managed: it has no federation settings')
    expect(planSettingsChange(federated(), {federationBrandName: 'Contoso'}, now).steps).toEqual([])
  })
})

function enabled(name: string) {
  return user(name, {lastPasswordChangeTimestamp: '2026-01-01T00:00:00Z'})
}
