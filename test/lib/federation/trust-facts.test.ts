import {afterAll, expect, test} from '@jest/globals'
import {readTrustFacts} from '../../../src/lib/federation/trust-facts.ts'
import {openGraph} from '../../../src/lib/graph/graph-client.ts'
import {openTestDirectory} from '../../parts/open-test-directory.ts'
import {rsaKey, signingIdentity} from '../../parts/signing-identity.ts'
import {adfs} from '../../parts/trust-facts.ts'

const lab = await openTestDirectory()
afterAll(() => lab.close())

test('the facts of a domain: who follows it, who signs in there, who administers, who else is federated', async () => {
  const {id: tenantId, administratorId, administrator, send} = await lab.newTenant('contoso.onmicrosoft.com', 'none')
  const authorization = `Bearer ${lab.directory.ticketFor({tenantId, accountId: administratorId})}`
  const requests: string[] = []
  const graph = openGraph(async (request) => {
    requests.push(request.method)
    return lab.directory.fetch({...request, headers: {...request.headers, authorization}})
  }, 'http://directory.test/v1.0')
  for (const name of ['contoso.com', 'eu.contoso.com', 'fabrikam.com', 'uk.fabrikam.com']) {
    await graph.domains.create(name)
    if (!(await graph.domains.get(name)).rootDomain) await graph.domains.verify(name)
  }
  for (const name of ['ada@contoso.com', 'bob@eu.contoso.com', 'eve@fabrikam.com'])
    await send('POST', '/users', {
      accountEnabled: true,
      displayName: name,
      mailNickname: name.slice(0, 3),
      userPrincipalName: name,
      passwordProfile: {password: 'Corr3ct-Horse'},
    })
  const {certificate} = await signingIdentity(rsaKey())
  await graph.federationSettings.create('fabrikam.com', adfs(Buffer.from(certificate.der).toString('base64')))

  requests.length = 0
  const facts = await readTrustFacts(graph, 'contoso.com')
  expect(requests).toEqual(requests.map(() => 'GET'))
  expect(facts).toMatchObject({
    domain: {name: 'contoso.com', authentication: 'Managed'},
    subdomains: ['eu.contoso.com'],
    otherTrusts: [{domain: 'fabrikam.com', settings: {passiveLogOnUri: 'https://sts.contoso.com/adfs/ls/'}}],
    administrators: [{userPrincipalName: administrator, lastPasswordChangeTimestamp: expect.any(String)}],
    caller: {userPrincipalName: administrator},
  })
  expect(facts.users.map((user) => user.userPrincipalName)).toEqual(['ada@contoso.com', 'bob@eu.contoso.com'])
  expect(facts.settings).toBeUndefined()
  expect((await readTrustFacts(graph, 'fabrikam.com')).settings?.issuerUri).toBe(
    'http://sts.contoso.com/adfs/services/trust',
  )
  await expect(readTrustFacts(graph, 'nowhere.com')).rejects.toMatchObject({code: 'NotFound'})
})
