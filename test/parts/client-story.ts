// node client-story.ts FILE: what people do with Microsoft's own clients, none of them told anything of this directory but where it is; who
// is trusted says NODE_EXTRA_CA_CERTS. FILE has a Setting as JSON. Prints the name of each chapter that went well.
import {deepEqual, equal, match, ok, rejects} from 'node:assert/strict'
import {createHash} from 'node:crypto'
import {readFileSync} from 'node:fs'
import {ConfidentialClientApplication, PublicClientApplication} from '@azure/msal-node'
import {
  BatchRequestContent,
  BatchResponseContent,
  Client,
  type PageCollection,
  PageIterator,
} from '@microsoft/microsoft-graph-client'
import {networkTransport} from '../../src/lib/http/network.ts'
import {newProvider, newToken} from './sign-in-lab.ts'
import {openBrowser} from './test-browser.ts'

/** Where the directory is, and who is in it. */
export interface Setting {
  readonly origin: string
  readonly tenantId: string
  readonly tool: {readonly appId: string; readonly applicationId: string; readonly secret: string}
  readonly device: {readonly appId: string}
  readonly person: {readonly userPrincipalName: string; readonly password: string}
  /** PEM. */
  readonly key: string
  readonly certificate: string
}

type Json = Record<string, unknown>

const {origin, tenantId, tool, device, person, key, certificate} = JSON.parse(
  readFileSync(process.argv[2] ?? '', 'utf8'),
) as Setting
const {host, hostname} = new URL(origin)
const authority = {authority: `${origin}/${tenantId}`, knownAuthorities: [host]}
const users = 2500

/** A GraphClient with the tokens of somebody. */
const graphFor = (getAccessToken: () => Promise<string>): Client =>
  Client.initWithMiddleware({
    authProvider: {getAccessToken},
    baseUrl: `${origin}/`,
    customHosts: new Set([hostname]),
  })

const graphOf = (application: ConfidentialClientApplication): Client =>
  graphFor(async () => {
    const result = await application.acquireTokenByClientCredential({scopes: ['https://graph.microsoft.com/.default']})
    return result?.accessToken ?? ''
  })

/** Everything that a list or a delta query has, and the link for the changes after it. */
async function readAll(graph: Client, path: string): Promise<{all: Json[]; deltaLink: string | undefined}> {
  const all: Json[] = []
  const first = (await graph.api(path).get()) as PageCollection
  const iterator = new PageIterator(graph, first, (user: Json) => all.push(user) > 0)
  await iterator.iterate()
  ok(iterator.isComplete())
  return {all, deltaLink: iterator.getDeltaLink() ?? (first['@odata.deltaLink'] as string | undefined)}
}

const userOf = (number: number) => ({
  accountEnabled: true,
  displayName: `User ${number}`,
  mailNickname: `user${number}`,
  userPrincipalName: `user${number}@syfuhs.test`,
  onPremisesImmutableId: Buffer.from(`user ${number}`).toString('base64'),
})

async function makeUsers(graph: Client, numbers: readonly number[]): Promise<void> {
  const requests = numbers.map((number) => ({
    id: `${number}`,
    request: new Request('https://graph.microsoft.com/users', {
      method: 'POST',
      headers: {'Content-Type': 'application/json'},
      body: JSON.stringify(userOf(number)),
    }),
  }))
  const content = await new BatchRequestContent(requests).getContent()
  const responses = new BatchResponseContent(await graph.api('/$batch').post(content))
  for (const number of numbers) equal(responses.getResponseById(`${number}`).status, 201)
}

const provider = await newProvider('urn:syfuhs:sts')
const bySecret = new ConfidentialClientApplication({
  auth: {clientId: tool.appId, clientSecret: tool.secret, ...authority},
})
const graph = graphOf(bySecret)
const refused = (statusCode: number, code: string) => (error: unknown) => {
  deepEqual([(error as Json)['statusCode'], (error as Json)['code']], [statusCode, code])
  return true
}
let deltaLink: string | undefined
let personal: Client

const chapters: Readonly<Record<string, () => Promise<void>>> = {
  async 'signs in by secret'() {
    const {value} = (await graph.api('/organization').get()) as {value: Json[]}
    equal(value[0]?.['id'], tenantId)
    const wrong = new ConfidentialClientApplication({auth: {clientId: tool.appId, clientSecret: 'wrong', ...authority}})
    await rejects(
      wrong.acquireTokenByClientCredential({scopes: ['https://graph.microsoft.com/.default']}),
      /AADSTS7000215/,
    )
  },
  async 'signs in by certificate'() {
    const der = Buffer.from(certificate.replaceAll(/-----.*-----|\s/g, ''), 'base64')
    const keyCredentials = [{type: 'AsymmetricX509Cert', usage: 'Verify', key: der.toString('base64')}]
    await graph.api(`/applications/${tool.applicationId}`).patch({keyCredentials})
    const thumbprintSha256 = createHash('sha256').update(der).digest('hex')
    const byCertificate = new ConfidentialClientApplication({
      auth: {clientId: tool.appId, clientCertificate: {thumbprintSha256, privateKey: key}, ...authority},
    })
    const {value} = (await graphOf(byCertificate).api('/users').top(1).get()) as {value: Json[]}
    equal(value.length, 1)
  },
  async 'signs in by device code'() {
    const application = new PublicClientApplication({auth: {clientId: device.appId, ...authority}})
    const scopes = ['https://graph.microsoft.com/User.Read']
    const signedIn = await application.acquireTokenByDeviceCode({
      scopes,
      deviceCodeCallback: ({userCode, verificationUri}) => void answerAsPerson(userCode, verificationUri),
    })
    equal(signedIn?.account?.username, person.userPrincipalName)
    personal = graphFor(async () => {
      const account = signedIn?.account ?? null
      if (account === null) throw new Error('nobody has signed in')
      return (await application.acquireTokenSilent({account, scopes, forceRefresh: true})).accessToken
    })
    const me = (await personal.api('/me').get()) as Json
    equal(me['userPrincipalName'], person.userPrincipalName)
  },
  async 'federates a domain'() {
    await graph.api('/domains').post({id: 'syfuhs.test'})
    await graph.api('/domains/syfuhs.test/verify').post({})
    await graph.api('/domains/syfuhs.test/federationConfiguration').post({
      issuerUri: provider.issuer,
      passiveSignInUri: 'https://sts.test/ls/',
      signingCertificate: provider.certificate,
      federatedIdpMfaBehavior: 'rejectMfaByFederatedIdp',
    })
    const domain = (await graph.api('/domains/syfuhs.test').get()) as Json
    equal(domain['authenticationType'], 'Federated')
  },
  async 'makes 2,500 users in batches'() {
    for (let first = 0; first < users; first += 20)
      await makeUsers(
        graph,
        Array.from({length: 20}, (_, index) => first + index),
      )
    const again = graph.api('/users').post(userOf(1))
    await rejects(again, refused(400, 'Request_BadRequest'))
  },
  async 'lists them page by page'() {
    for (const path of ['/users', '/users?$top=999&$select=id,userPrincipalName&$orderby=displayName']) {
      const {all} = await readAll(graph, path)
      equal(new Set(all.map(({id}) => id)).size, users + 2)
      equal(all.length, users + 2)
    }
    const counted = (await graph
      .api('/users')
      .header('ConsistencyLevel', 'eventual')
      .query({$count: 'true'})
      .filter(`onPremisesImmutableId eq '${userOf(7).onPremisesImmutableId}'`)
      .get()) as Json
    equal(counted['@odata.count'], 1)
  },
  async 'follows changes'() {
    const first = await readAll(graph, '/users/delta?$select=displayName,userPrincipalName')
    equal(first.all.length, users + 2)
    const idOf = (number: number) =>
      first.all.find((user) => user['userPrincipalName'] === `user${number}@syfuhs.test`)?.['id']
    await graph.api(`/users/${idOf(1)}`).patch({displayName: 'Renamed'})
    await graph.api(`/users/${idOf(2)}`).delete()
    const next = await readAll(graph, first.deltaLink ?? '')
    const changes = next.all.map((user) => [user['id'], user['displayName'], user['@removed']])
    deepEqual(
      new Set(changes),
      new Set([
        [idOf(1), 'Renamed', undefined],
        [idOf(2), undefined, {reason: 'changed'}],
      ]),
    )
    deltaLink = next.deltaLink
    match(String(deltaLink), /\$deltatoken=/)
  },
  async 'restores who was deleted'() {
    const {all} = await readAll(graph, '/directory/deletedItems/microsoft.graph.user')
    deepEqual(
      all.map((user) => user['userPrincipalName']),
      ['user2@syfuhs.test'],
    )
    const restored = (await graph.api(`/directory/deletedItems/${all[0]?.['id']}/restore`).post({})) as Json
    equal(restored['userPrincipalName'], 'user2@syfuhs.test')
    const back = await readAll(graph, deltaLink ?? '')
    deepEqual(
      back.all.map(({id}) => id),
      [restored['id']],
    )
    await rejects(graph.api('/users/nobody@syfuhs.test').get(), refused(404, 'Request_ResourceNotFound'))
  },
  async 'signs a user of the domain in'() {
    const at = {clock: {now: new Date()}}
    const wresult = await newToken(at, provider, {immutableId: userOf(2).onPremisesImmutableId})
    const answer = await fetch(`${origin}/login.srf`, {
      method: 'POST',
      headers: {accept: 'application/json'},
      body: new URLSearchParams({wa: 'wsignin1.0', wresult, wctx: 'back'}),
    })
    equal(answer.status, 200, await answer.clone().text())
    equal(((await answer.json()) as {userPrincipalName?: string}).userPrincipalName, 'user2@syfuhs.test')
  },
  async 'revokes what was given'() {
    const path = `/users/${person.userPrincipalName}/revokeSignInSessions`
    equal(((await graph.api(path).post({})) as Json)['value'], true)
    await rejects(personal.api('/me').get(), /AADSTS|interaction_required|invalid_grant/)
    await rejects(
      graphFor(async () => 'no token')
        .api('/users')
        .get(),
      refused(401, 'InvalidAuthenticationToken'),
    )
  },
}

/** Types the code in at the page that the message names, signs in and says yes. */
async function answerAsPerson(userCode: string, verificationUri: string): Promise<void> {
  const browser = openBrowser({directory: {fetch: networkTransport()}}, undefined, origin)
  const name = await browser.submit(await browser.go(verificationUri), {otc: userCode})
  const password = await browser.submit(name, {login: person.userPrincipalName})
  const question = await browser.submit(password, {passwd: person.password})
  const last = await browser.submit(question, {confirm: '1'})
  match(last.body, /You have signed in/)
}

for (const [name, run] of Object.entries(chapters)) {
  await run()
  process.stdout.write(`${name}\n`)
}
