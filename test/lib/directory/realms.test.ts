import {afterAll, beforeAll, describe, expect, test} from '@jest/globals'
import {openTestDirectory, type TestDirectory} from '../../parts/open-test-directory.ts'
import {federate, newDomain, newProvider} from '../../parts/sign-in-lab.ts'

let lab: TestDirectory
beforeAll(async () => {
  lab = await openTestDirectory()
  const contoso = await lab.newTenant('contoso.onmicrosoft.com')
  for (const name of ['contoso.test', 'eu.contoso.test', 'saml.test', 'managed.test']) await newDomain(contoso, name)
  const addresses = {
    passiveSignInUri: 'https://sts.contoso.test/adfs/ls/?tenant=a&wa=other',
    metadataExchangeUri: 'https://sts.contoso.test/adfs/services/trust/mex',
    activeSignInUri: 'https://sts.contoso.test/adfs/services/trust/2005/usernamemixed',
    displayName: 'Contoso',
  }
  const provider = await newProvider('urn:contoso')
  await federate(contoso, 'contoso.test', provider, addresses)
  await federate(contoso, 'saml.test', {...provider, issuer: 'urn:saml'}, {preferredAuthenticationProtocol: 'saml'})
  await contoso.send('POST', '/domains', {id: 'unproved.example'})
})
afterAll(() => lab.close())

/** Asked without any ticket, as a client that is not signed in. */
async function ask(path: string): Promise<{status: number; json: Record<string, unknown>}> {
  const url = `https://login.microsoftonline.com${path}`
  const {status, body} = await lab.directory.fetch({method: 'GET', url, headers: {}})
  return {status, json: JSON.parse(body) as Record<string, unknown>}
}

const authUrl = (login: string): string =>
  `https://sts.contoso.test/adfs/ls/?tenant=a&wa=wsignin1.0&username=${login}&wtrealm=urn%3Afederation%3AMicrosoftOnline&wctx=`

describe('home-realm discovery', () => {
  test('version 1.0 tells clients what they need to ask a federated provider themselves', async () => {
    expect((await ask('/common/userrealm/Ada@EU.contoso.test?api-version=1.0')).json).toEqual({
      ver: '1.0',
      account_type: 'Federated',
      domain_name: 'eu.contoso.test',
      federation_protocol: 'WSTrust',
      federation_metadata_url: 'https://sts.contoso.test/adfs/services/trust/mex',
      federation_active_auth_url: 'https://sts.contoso.test/adfs/services/trust/2005/usernamemixed',
      cloud_instance_name: 'microsoftonline.com',
      cloud_audience_urn: 'urn:federation:MicrosoftOnline',
    })
    expect((await ask('/common/userrealm/x@managed.test')).json).toMatchObject({account_type: 'Managed'})
    expect((await ask('/common/userrealm/x@saml.test')).json).toMatchObject({federation_protocol: 'SAML20'})
    for (const login of ['x@unproved.example', 'x@nobody.test', 'nothing'])
      expect((await ask(`/common/userrealm/${login}`)).json).toMatchObject({account_type: 'Unknown'})
  })

  test('version 2.0 tells a browser where to go', async () => {
    expect((await ask('/common/userrealm/ada%26b@contoso.test?api-version=2.0')).json).toEqual({
      NameSpaceType: 'Federated',
      Login: 'ada&b@contoso.test',
      DomainName: 'contoso.test',
      FederationBrandName: 'Contoso',
      federation_protocol: 'WSTrust',
      AuthURL: authUrl('ada%26b%40contoso.test'),
      cloud_instance_name: 'microsoftonline.com',
    })
    expect((await ask('/common/userrealm/x@saml.test?api-version=2.0')).json).toMatchObject({
      AuthURL: 'https://sts.test/ls/',
    })
    expect((await ask('/common/userrealm/x@contoso.test?api-version=9')).status).toBe(400)
  })

  test.each(['/GetUserRealm.srf', '/getuserrealm.srf'])('%s tells the state', async (path) => {
    expect((await ask(`${path}?login=ada@contoso.test&json=1`)).json).toEqual({
      State: 3,
      UserState: 2,
      Login: 'ada@contoso.test',
      NameSpaceType: 'Federated',
      DomainName: 'contoso.test',
      FederationGlobalVersion: -1,
      AuthURL: authUrl('ada%40contoso.test'),
      FederationBrandName: 'Contoso',
      CloudInstanceName: 'microsoftonline.com',
    })
    expect((await ask(`${path}?login=x@managed.test`)).json).toMatchObject({
      State: 4,
      UserState: 1,
      NameSpaceType: 'Managed',
    })
    expect((await ask(`${path}?login=x@nobody.test`)).json).toMatchObject({NameSpaceType: 'Unknown'})
    expect((await ask(path)).status).toBe(400)
  })
})
