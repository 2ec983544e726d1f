import {afterAll, beforeEach, describe, expect, test} from '@jest/globals'
import {type Json, openTestDirectory, type TestDirectory, type TestTenant} from '../../parts/open-test-directory.ts'
import {rsaKey, signingIdentity} from '../../parts/signing-identity.ts'

const lab: TestDirectory = await openTestDirectory()
afterAll(() => lab.close())

const key = rsaKey()
const certificate = async (serial: number): Promise<string> => {
  const {certificate} = await signingIdentity(key, {serialNumber: Buffer.alloc(16, serial)})
  return Buffer.from(certificate.der).toString('base64')
}
const signingCertificate = await certificate(1)
const settings = {
  displayName: 'Syfuhs',
  issuerUri: 'urn:syfuhs:net',
  passiveSignInUri: 'https://login.syfuhs.test/adfs/ls/',
  signingCertificate,
}

// A tenant of its own for every test; issuers are unique over the store, so they carry its number.
let count = 0
let tenant: TestTenant
let issuerUri: string
beforeEach(async () => {
  issuerUri = `urn:issuer:${++count}`
  tenant = await lab.newTenant(`t${count}.onmicrosoft.com`, 'dns')
  lab.txt.clear()
})

const name = (label = 'd'): string => `${label}${count}.test`

async function proof(domain: string): Promise<string> {
  const {json} = await tenant.send('GET', `/domains/${domain}/verificationDnsRecords`)
  return String((json['value'] as Json[])[0]?.['text'])
}

async function verified(domain: string): Promise<string> {
  await tenant.send('POST', '/domains', {id: domain})
  lab.txt.set(domain, [[await proof(domain)]])
  expect((await tenant.send('POST', `/domains/${domain}/verify`)).status).toBe(200)
  return domain
}

async function federated(domain = name()): Promise<{domain: string; id: string}> {
  await verified(domain)
  const reply = await tenant.send('POST', `/domains/${domain}/federationConfiguration`, {...settings, issuerUri})
  expect(reply.status).toBe(201)
  return {domain, id: String(reply.json['id'])}
}

const message = (json: Json): string => (json['error'] as {message: string}).message
const domainOf = async (domain: string): Promise<Json> => (await tenant.send('GET', `/domains/${domain}`)).json

describe('adding a domain', () => {
  test('takes an id alone and gives an unverified, managed root', async () => {
    const {status, json} = await tenant.send('POST', '/domains', {id: ` ${name().toUpperCase()}. `})
    expect(status).toBe(201)
    expect(json).toMatchObject({
      id: name(),
      isVerified: false,
      isRoot: true,
      isDefault: false,
      authenticationType: 'Managed',
      supportedServices: [],
    })
  })

  test.each([
    ['anything else', {id: 'x.test', isDefault: true}, 400, 'isDefault'],
    [
      'a federated one',
      {id: 'x.test', authenticationType: 'Federated'},
      400,
      'Creation of federated domain is not allowed.',
    ],
    ['a managed one, said aloud', {id: 'x.test', authenticationType: 'Managed'}, 400, "Only the property 'id'"],
    ['no name', {}, 400, "'id'"],
    ['a malformed name', {id: 'no_name'}, 400, 'no_name'],
  ])('refuses %s', async (_, body, status, named) => {
    const reply = await tenant.send('POST', '/domains', body)
    expect([reply.status, reply.text]).toEqual([status, expect.stringContaining(named)])
    expect((await tenant.send('GET', '/domains')).json['value']).toHaveLength(1)
  })

  test('refuses a name twice, and one that another tenant has proved', async () => {
    await verified(name())
    expect((await tenant.send('POST', '/domains', {id: name()})).status).toBe(409)
    const other = await lab.newTenant(`other${count}.onmicrosoft.com`)
    expect((await other.send('POST', '/domains', {id: name()})).json).toMatchObject({
      error: {code: 'Request_MultipleObjectsWithSameKeyValue', message: expect.stringContaining('another tenant')},
    })
  })
})

describe('proving a domain', () => {
  test('the records are stable and have the service’s form', async () => {
    await tenant.send('POST', '/domains', {id: name()})
    const {json} = await tenant.send('GET', `/domains/${name()}/verificationDnsRecords`)
    const text = await proof(name())
    expect(text).toMatch(/^MS=ms\d{8}$/)
    expect(json['value']).toMatchObject([
      {recordType: 'Txt', label: name(), ttl: 3600, text},
      {recordType: 'Mx', mailExchange: `${text.slice(3)}.msv1.invalid`, preference: 32767},
    ])
  })

  test('needs exactly that TXT record, in whatever chunks', async () => {
    await tenant.send('POST', '/domains', {id: name()})
    const text = await proof(name())
    const outcomes: unknown[] = []
    for (const records of [undefined, [], [['MS=ms00000000']], [[`x${text}`]], new Error('SERVFAIL')]) {
      if (records instanceof Error) lab.txt.set(name(), Object.assign(records, {code: 'ESERVFAIL'}))
      else if (records !== undefined) lab.txt.set(name(), records)
      const {status, json} = await tenant.send('POST', `/domains/${name()}/verify`)
      outcomes.push([status, message(json)])
    }
    const missing = [400, expect.stringContaining(`Missing DNS record: there is no TXT record "${text}"`)]
    expect(outcomes).toEqual([missing, missing, missing, missing, [400, expect.stringContaining('code=ESERVFAIL')]])
    expect(await domainOf(name())).toMatchObject({isVerified: false})
    lab.txt.set(name(), [['v=spf1 -all'], [text.slice(0, 5), text.slice(5)]])
    const {status, json} = await tenant.send('POST', `/domains/${name()}/verify`)
    expect([status, json['isVerified'], json['availabilityStatus']]).toEqual([200, true, 'AvailableImmediately'])
    expect(await domainOf(name())).toMatchObject({
      availabilityStatus: null,
      supportedServices: ['Email', 'OfficeCommunicationsOnline'],
    })
    expect((await tenant.send('POST', `/domains/${name()}/verify`)).status).toBe(400)
  })

  test('a tenant that trusts names asks nobody; two tenants cannot both have one', async () => {
    const [one, other] = [
      await lab.newTenant(`one${count}.onmicrosoft.com`),
      await lab.newTenant(`two${count}.onmicrosoft.com`),
    ]
    for (const {send} of [one, other]) await send('POST', '/domains', {id: name()})
    expect((await one.send('POST', `/domains/${name()}/verify`)).status).toBe(200)
    const {status, json} = await other.send('POST', `/domains/${name()}/verify`)
    expect([status, message(json)]).toEqual([409, expect.stringContaining('being used by an active tenant')])
  })

  test('a root proves what lies below it, before and after', async () => {
    await tenant.send('POST', '/domains', {id: `before.${name()}`})
    await verified(name())
    await tenant.send('POST', '/domains', {id: `after.x.${name()}`})
    for (const sub of [`before.${name()}`, `after.x.${name()}`]) {
      expect(await domainOf(sub)).toMatchObject({isVerified: true, isRoot: false})
      expect((await tenant.send('GET', `/domains/${sub}/rootDomain`)).json['id']).toBe(name())
    }
  })
})

describe('changing and removing a domain', () => {
  test('exactly one domain is the default', async () => {
    await verified(name())
    expect((await tenant.send('PATCH', `/domains/${name()}`, {isDefault: true})).status).toBe(204)
    const {json} = await tenant.send('GET', '/domains?$select=id,isDefault')
    expect(json['value']).toEqual([
      {id: `t${count}.onmicrosoft.com`, isDefault: false},
      {id: name(), isDefault: true},
    ])
  })

  test('settings that can be changed are, others are refused', async () => {
    await verified(name())
    const change = {
      passwordValidityPeriodInDays: 180,
      passwordNotificationWindowInDays: 30,
      supportedServices: ['Email'],
    }
    expect((await tenant.send('PATCH', `/domains/${name()}`, change)).status).toBe(204)
    expect(await domainOf(name())).toMatchObject(change)
    for (const [body, named] of [
      [
        {authenticationType: 'Federated'},
        'Changing authenticationType from Managed to Federated is currently not supported.',
      ],
      [{isDefault: false}, 'isDefault'],
      [{supportedServices: ['Sharepoint']}, 'Sharepoint'],
      [{passwordValidityPeriodInDays: 'long'}, 'passwordValidityPeriodInDays'],
      [{isVerified: true}, 'isVerified'],
    ] as const) {
      const reply = await tenant.send('PATCH', `/domains/${name()}`, body)
      expect([reply.status, message(reply.json)]).toEqual([400, expect.stringContaining(named)])
    }
    await tenant.send('POST', '/domains', {id: name('u')})
    const unverified = await tenant.send('PATCH', `/domains/${name('u')}`, {isDefault: true})
    expect(message(unverified.json)).toContain('not verified')
  })

  test('only a domain that nobody needs can be removed', async () => {
    await verified(name())
    await tenant.send('POST', '/domains', {id: `sub.${name()}`})
    const user = {accountEnabled: true, displayName: 'Ada', mailNickname: 'ada', userPrincipalName: `ada@sub.${name()}`}
    const made = await tenant.send('POST', '/users', {
      ...user,
      passwordProfile: {password: 'Correct-7-horse'},
      proxyAddresses: [`smtp:ada@${name()}`],
    })
    const refusals: string[] = []
    const remove = async (domain: string): Promise<number> => {
      const {status, json} = await tenant.send('DELETE', `/domains/${domain}`)
      if (status !== 204) refusals.push(message(json))
      return status
    }
    await remove(`t${count}.onmicrosoft.com`)
    await remove(`sub.${name()}`)
    await remove(name())
    await tenant.send('PATCH', `/domains/${name()}`, {isDefault: true})
    await remove(name())
    const initial = {isDefault: true}
    await tenant.send('PATCH', `/domains/t${count}.onmicrosoft.com`, initial)
    const {json} = await tenant.send('GET', `/domains/${name()}/domainNameReferences`)
    expect(json['value']).toMatchObject([
      {'@odata.type': '#microsoft.graph.user', id: made.json['id'], userPrincipalName: `ada@sub.${name()}`},
    ])
    await tenant.send('DELETE', `/users/${made.json['id']}`)
    expect(await remove(`sub.${name()}`)).toBe(204)
    expect(await remove(name())).toBe(204)
    expect(refusals).toEqual(
      ['initial domain', 'in use by 1 object', 'has subdomains', 'default domain'].map((part) =>
        expect.stringContaining(part),
      ),
    )
    expect((await tenant.send('GET', `/domains/${name()}`)).status).toBe(404)
  })
})

describe('federating a domain', () => {
  test('making the configuration federates the domain and its subdomains; the way back is open twice', async () => {
    const {domain, id} = await federated()
    await tenant.send('POST', '/domains', {id: `sub.${domain}`})
    const path = `/domains/${domain}/federationConfiguration`
    const federatedDomain = await domainOf(domain)
    expect(federatedDomain['authenticationType']).toBe('Federated')
    expect(federatedDomain).not.toHaveProperty('passwordValidityPeriodInDays')
    expect(await domainOf(`sub.${domain}`)).toMatchObject({authenticationType: 'Federated'})
    const whole = {
      ...settings,
      issuerUri,
      id,
      preferredAuthenticationProtocol: 'wsFed',
      isSignedAuthenticationRequestRequired: false,
    }
    for (const at of [path, `/domains/sub.${domain}/federationConfiguration`])
      expect((await tenant.send('GET', at)).json['value']).toMatchObject([whole])
    expect((await tenant.send('GET', `${path}/${id}`)).json).toMatchObject(whole)
    expect((await tenant.send('GET', '/organization')).json['value']).toMatchObject([
      {verifiedDomains: expect.arrayContaining([expect.objectContaining({name: domain, type: 'Federated'})])},
    ])
    expect((await tenant.send('DELETE', `${path}/${id}`)).status).toBe(204)
    expect(await domainOf(domain)).toMatchObject({authenticationType: 'Managed', passwordValidityPeriodInDays: 90})
    expect((await tenant.send('POST', path, {...settings, issuerUri})).status).toBe(201)
    expect((await tenant.send('PATCH', `/domains/${domain}`, {authenticationType: 'Managed'})).status).toBe(204)
    const {status, json} = await tenant.send('GET', path)
    expect([status, message(json)]).toEqual([
      404,
      expect.stringContaining("Resource 'federationConfiguration' does not exist"),
    ])
  })

  test('what is left out or not a certificate is refused and changes nothing', async () => {
    await verified(name())
    const path = `/domains/${name()}/federationConfiguration`
    const der = Buffer.from(signingCertificate, 'base64')
    for (const [change, named] of [
      [{signingCertificate: undefined}, 'signingCertificate'],
      [{issuerUri: undefined}, 'issuerUri'],
      [{passiveSignInUri: undefined}, 'passiveSignInUri'],
      [{signingCertificate: `-----BEGIN CERTIFICATE-----\r${signingCertificate}`}, 'signingCertificate'],
      [{signingCertificate: '-----BEGIN PRIVATE KEY-----'}, 'without the lines BEGIN and END'],
      [{signingCertificate: 'bm90IGEgY2VydGlmaWNhdGU='}, 'not an X.509 certificate'],
      [{signingCertificate: 'not base64!'}, 'base64 of a DER'],
      [{signingCertificate: Buffer.concat([der, Buffer.of(0)]).toString('base64')}, 'signingCertificate'],
      [{nextSigningCertificate: 'bm90IGEgY2VydGlmaWNhdGU='}, 'nextSigningCertificate'],
      [{issuerUri: 'no uri'}, 'it must be a URI, as in urn:contoso:com'],
      [{passiveSignInUri: 'https:auth.contoso.test'}, 'begins with https://'],
      [{federatedIdpMfaBehavior: 'trustEverybody'}, 'federatedIdpMfaBehavior'],
      [{supportsMfa: true}, 'supportsMfa'],
    ] as const) {
      const {status, json} = await tenant.send('POST', path, {...settings, issuerUri, ...change})
      expect([status, message(json)]).toEqual([400, expect.stringContaining(named)])
    }
    expect(await domainOf(name())).toMatchObject({authenticationType: 'Managed'})
  })

  test('not every domain can be', async () => {
    const {domain} = await federated()
    await tenant.send('POST', '/domains', {id: `sub.${domain}`})
    await tenant.send('POST', '/domains', {id: name('unverified')})
    await verified(name('default'))
    await tenant.send('PATCH', `/domains/${name('default')}`, {isDefault: true})
    for (const [wanted, named] of [
      [domain, 'federated already'],
      [`sub.${domain}`, `federate '${domain}' instead`],
      [name('unverified'), 'not verified'],
      [name('default'), 'default domain'],
      [`t${count}.onmicrosoft.com`, 'initial domain'],
    ] as const) {
      const {status, json} = await tenant.send('POST', `/domains/${wanted}/federationConfiguration`, {
        ...settings,
        issuerUri: `${issuerUri}:2`,
      })
      expect([status, message(json)]).toEqual([400, expect.stringContaining(named)])
    }
    expect(message((await tenant.send('PATCH', `/domains/${domain}`, {isDefault: true})).json)).toContain(
      'managed domain',
    )
    const sub = await tenant.send('PATCH', `/domains/sub.${domain}`, {authenticationType: 'Managed'})
    expect(message(sub.json)).toContain(`change '${domain}' instead`)
  })

  test('not through its root either, and a subdomain of a federated root cannot become the default', async () => {
    const domain = await verified(name())
    const [sub, path] = [`/domains/sub.${domain}`, `/domains/${domain}/federationConfiguration`]
    await tenant.send('POST', '/domains', {id: `sub.${domain}`})
    expect((await tenant.send('PATCH', sub, {isDefault: true})).status).toBe(204)
    const refused = await tenant.send('POST', path, {...settings, issuerUri})
    expect([refused.status, message(refused.json)]).toEqual([
      400,
      expect.stringContaining(`'sub.${domain}' is the default domain`),
    ])
    expect((await domainOf(`sub.${domain}`))['authenticationType']).toBe('Managed')

    await tenant.send('PATCH', `/domains/t${count}.onmicrosoft.com`, {isDefault: true})
    expect((await tenant.send('POST', path, {...settings, issuerUri})).status).toBe(201)
    for (const [body, named] of [
      [{isDefault: true}, 'managed domain'],
      [{isDefault: true, authenticationType: 'Managed'}, `change '${domain}' instead`],
    ] as const)
      expect(message((await tenant.send('PATCH', sub, body)).json)).toContain(named)
    expect(await domainOf(`sub.${domain}`)).toMatchObject({isDefault: false, authenticationType: 'Federated'})
  })

  test('an issuer belongs to one domain of the whole store', async () => {
    await federated()
    const taken = {...settings, issuerUri}
    const other = await lab.newTenant(`issuer${count}.onmicrosoft.com`)
    await other.send('POST', '/domains', {id: name('other')})
    await other.send('POST', `/domains/${name('other')}/verify`)
    const path = `/domains/${name('other')}/federationConfiguration`
    const first = await other.send('POST', path, taken)
    expect([first.status, first.json]).toMatchObject([409, {error: {code: 'Request_MultipleObjectsWithSameKeyValue'}}])
    const {json} = await other.send('POST', path, {...taken, issuerUri: `${issuerUri}:own`})
    expect((await other.send('PATCH', `${path}/${json['id']}`, {issuerUri})).status).toBe(409)
    expect((await other.send('PATCH', `${path}/${json['id']}`, {issuerUri: `${issuerUri}:own`})).status).toBe(200)
  })

  test('the configuration can be changed where it is, and nowhere else', async () => {
    const {domain, id} = await federated()
    const path = `/domains/${domain}/federationConfiguration`
    const next = await certificate(2)
    const change = {nextSigningCertificate: next, federatedIdpMfaBehavior: 'rejectMfaByFederatedIdp', displayName: null}
    const {status, json} = await tenant.send('PATCH', `${path}/${id}`, change)
    expect([status, json]).toMatchObject([200, {...change, id, signingCertificate, issuerUri}])
    for (const [at, body, wanted] of [
      [`${path}/${tenant.id}`, {displayName: 'X'}, 404],
      [`/domains/t${count}.onmicrosoft.com/federationConfiguration/${id}`, {displayName: 'X'}, 404],
      [`${path}/${id}`, {issuerUri: null}, 400],
      [`${path}/${id}`, {signingCertificate: 'AAAA'}, 400],
      [`${path}/${id}`, {signingCertificateUpdateStatus: {}}, 400],
    ] as const)
      expect((await tenant.send('PATCH', at, body)).status).toBe(wanted)
    await tenant.send('POST', '/domains', {id: `sub.${domain}`})
    expect((await tenant.send('DELETE', `/domains/sub.${domain}/federationConfiguration/${id}`)).status).toBe(400)
    expect((await tenant.send('GET', `${path}/${id}`)).json).toMatchObject(change)
  })
})
