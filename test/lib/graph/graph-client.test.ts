import {describe, expect, test} from '@jest/globals'
import {FedctlError} from '../../../src/lib/errors/fedctl-error.ts'
import {openGraph} from '../../../src/lib/graph/graph-client.ts'
import {literal, query, userPath} from '../../../src/lib/graph/odata.ts'
import type {HttpRequest, HttpResponse} from '../../../src/lib/model/http-message.ts'

const base = 'https://graph.example/v1.0'

/** A service that gives the answers in their order and remembers what was asked. */
function serviceOf(...answers: readonly Partial<HttpResponse>[]) {
  const asked: HttpRequest[] = []
  const left = [...answers]
  const graph = openGraph(async (request) => {
    asked.push(request)
    return {status: 200, headers: {}, body: '', ...(left.shift() ?? {status: 500})}
  }, base)
  return {graph, asked, urls: () => asked.map(({method, url}) => `${method} ${url.replace(base, '')}`)}
}

const json = (value: unknown): Partial<HttpResponse> => ({body: JSON.stringify(value)})
const failure = (status: number, code: string, message = 'No.'): Partial<HttpResponse> => ({
  status,
  headers: {'request-id': 'r-1'},
  body: JSON.stringify({error: {code, message}}),
})

async function all<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const found: Item[] = []
  for await (const item of items) found.push(item)
  return found
}

describe('paths and literals', () => {
  test('quotes are doubled, segments and options encoded, a UPN that begins with $ in key form', () => {
    expect(literal("O'Hara")).toBe("'O''Hara'")
    expect(userPath('a/b#c@x.y')).toBe('/users/a%2Fb%23c%40x.y')
    expect(userPath("$o'x@y.z")).toBe("/users('%24o''x%40y.z')")
    expect(query({$filter: "a eq 'x y&z'", $select: 'id,b', $top: undefined})).toBe(
      "?$filter=a%20eq%20'x%20y%26z'&$select=id,b",
    )
  })
})

describe('paging', () => {
  const user = (id: string) => ({id, userPrincipalName: `${id}@x.y`})

  test('follows the links to the end, and only as far as it is read', async () => {
    const page = {value: [user('a')], '@odata.nextLink': `${base}/users?$skiptoken=1`}
    const {graph, urls} = serviceOf(json(page), json({value: [user('b')]}))
    expect((await all(graph.users.list())).map(({objectId}) => objectId)).toEqual(['a', 'b'])
    expect(urls()[1]).toBe('GET /users?$skiptoken=1')

    const lazy = serviceOf(json(page))
    for await (const {objectId} of lazy.graph.users.list()) if (objectId === 'a') break
    expect(lazy.asked).toHaveLength(1)
  })

  test('a link to another host is never followed: the token stays where it belongs', async () => {
    const {graph, asked} = serviceOf(json({value: [user('a')], '@odata.nextLink': 'https://evil.example/v1.0/users?x'}))
    expect(await all(graph.users.list())).toHaveLength(1)
    expect(asked).toHaveLength(1)
  })
})

describe('errors', () => {
  test.each([
    [failure(401, 'InvalidAuthenticationToken'), 'NotSignedIn', 4],
    [failure(403, 'Authorization_RequestDenied'), 'NotAllowed', 4],
    [failure(404, 'Request_ResourceNotFound'), 'NotFound', 3],
    [failure(400, 'Request_BadRequest'), 'Refused', 5],
    [failure(409, 'Request_MultipleObjectsWithSameKeyValue'), 'AlreadyExists', 5],
    [failure(400, 'ObjectConflict'), 'AlreadyExists', 5],
    [failure(503, 'serviceNotAvailable'), 'ServiceFailure', 1],
    [{status: 502, body: '<html>'}, 'ServiceFailure', 1],
    [json([1]), 'ServiceFailure', 1],
    [json({authenticationType: 'Managed'}), 'ServiceFailure', 1],
  ] as [Partial<HttpResponse>, string, number][])('%j becomes %s', async (answer, code, exitCode) => {
    const {graph} = serviceOf(answer)
    const error = await graph.domains.get('x.y').catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(FedctlError)
    expect(error).toMatchObject({code, exitCode})
  })
})

describe('federation settings', () => {
  const settings = {
    id: 'c-1',
    issuerUri: 'urn:x',
    passiveSignInUri: 'https://p',
    preferredAuthenticationProtocol: 'saml',
    signingCertificate: 'MII',
  }
  const federated = json({id: 'x.y', authenticationType: 'Federated'})

  test('are read in administrators’ words', async () => {
    const {graph} = serviceOf(federated, json({value: [settings]}))
    expect(await graph.federationSettings.find('x.y')).toEqual({
      issuerUri: 'urn:x',
      passiveLogOnUri: 'https://p',
      preferredAuthenticationProtocol: 'Samlp',
      signingCertificate: 'MII',
    })
  })
  test('a managed domain has none', async () => {
    const {graph} = serviceOf(json({id: 'x.y', authenticationType: 'Managed'}))
    expect(await graph.federationSettings.find('x.y')).toBeUndefined()
  })
  test('are changed under the id of the configuration, null clears one', async () => {
    const {graph, asked, urls} = serviceOf(federated, json({value: [settings]}), {status: 204})
    await graph.federationSettings.update('x.y', {
      nextSigningCertificate: null,
      preferredAuthenticationProtocol: 'WsFed',
    })
    expect(urls()[2]).toBe('PATCH /domains/x.y/federationConfiguration/c-1')
    expect(JSON.parse(asked[2]?.body ?? '')).toEqual({
      nextSigningCertificate: null,
      preferredAuthenticationProtocol: 'wsFed',
    })
  })
})

describe('users', () => {
  test('a filter becomes OData, and what needs it is asked as an advanced query', async () => {
    const {graph, asked} = serviceOf(json({value: []}))
    await all(graph.users.list({department: "R'n'D", domain: 'x.y', enabled: true}))
    expect(decodeURIComponent(asked[0]?.url ?? '')).toContain(
      "$filter=department eq 'R''n''D' and accountEnabled eq true and endsWith(userPrincipalName,'@x.y')",
    )
    expect(asked[0]?.url).toContain('$count=true')
    expect(asked[0]?.headers).toMatchObject({consistencylevel: 'eventual'})
  })

  test('a change says what Graph calls it; one policy is changed without losing the other', async () => {
    const present = {id: 'u-1', userPrincipalName: 'a@x.y', passwordPolicies: 'DisableStrongPassword'}
    const {graph, asked} = serviceOf(json(present), {status: 204})
    await graph.users.update('a@x.y', {
      blockCredential: true,
      passwordNeverExpires: true,
      title: null,
      phoneNumber: '+1',
    })
    expect(JSON.parse(asked[1]?.body ?? '')).toEqual({
      accountEnabled: false,
      businessPhones: ['+1'],
      jobTitle: null,
      passwordPolicies: 'DisablePasswordExpiration, DisableStrongPassword',
    })
  })
})

describe('the policy about tokens', () => {
  const policyOf = (...answers: readonly Partial<HttpResponse>[]) =>
    serviceOf(...answers).graph.tokenValidationPolicy.get()

  test('is read, and where there is none the default holds', async () => {
    const validatingDomains = {rootDomains: 'enumerated', domainNames: ['Contoso.com']}
    const expected = {rootDomains: 'enumerated', domainNames: ['contoso.com']}
    expect(await policyOf(json({validatingDomains}))).toEqual(expected)
    expect(await policyOf(failure(404, 'Request_ResourceNotFound'))).toEqual({rootDomains: 'all', domainNames: []})
  })

  test('that is not known is no reason to guess, nor is one that may not be read', async () => {
    await expect(policyOf(json({validatingDomains: {rootDomains: 'some'}}))).rejects.toMatchObject({
      code: 'ServiceFailure',
    })
    await expect(policyOf(failure(403, 'Authorization_RequestDenied'))).rejects.toBeInstanceOf(FedctlError)
  })
})
