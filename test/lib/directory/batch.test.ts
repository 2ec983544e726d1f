import {afterAll, beforeAll, describe, expect, test} from '@jest/globals'
import {type Json, openTestDirectory, type TestDirectory, type TestTenant} from '../../parts/open-test-directory.ts'

let lab: TestDirectory
let tenant: TestTenant

beforeAll(async () => {
  lab = await openTestDirectory()
  tenant = await lab.newTenant()
})
afterAll(() => lab.close())

const json = {'Content-Type': 'application/json'}

const newUser = (name: string): Json => ({
  accountEnabled: true,
  displayName: name,
  mailNickname: name,
  userPrincipalName: `${name}@syfuhs.onmicrosoft.com`,
  onPremisesSyncEnabled: true,
})

const create = (id: string, name: string, more: Json = {}): Json => ({
  id,
  method: 'POST',
  url: '/users',
  headers: json,
  body: newUser(name),
  ...more,
})

interface Response {
  readonly id: string
  readonly status: number
  readonly headers: Json
  readonly body?: Json
}

async function batch(requests: readonly Json[], path = '/$batch'): Promise<Response[]> {
  const {status, text, json} = await tenant.send('POST', path, {requests})
  if (status !== 200) throw new Error(text)
  return json['responses'] as Response[]
}

const statuses = async (requests: readonly Json[]) => (await batch(requests)).map(({id, status}) => [id, status])

describe('$batch', () => {
  test('answers requests in their order, each with its own status, headers and body', async () => {
    const responses = await batch([
      create('a', 'ada'),
      {id: 'b', method: 'GET', url: "users?$filter=startsWith(displayName,'Admin')&$select=displayName"},
      create('c', 'ada'),
      {id: 'd', method: 'GET', url: '/users/$count', headers: {ConsistencyLevel: 'eventual'}},
      {id: 'e', method: 'GET', url: '/users/$count'},
      {id: 'f', method: 'PATCH', url: `/users/${tenant.administrator}`, headers: json, body: {city: 'Rome'}},
      {id: 'g', method: 'DELETE', url: '/users/nobody'},
    ])
    expect(responses).toMatchObject([
      {id: 'a', status: 201, headers: {'Content-Type': 'application/json'}, body: {displayName: 'ada'}},
      {id: 'b', status: 200, body: {value: [{displayName: 'Administrator'}]}},
      {id: 'c', status: 400, body: {error: {code: 'Request_BadRequest'}}},
      {id: 'd', status: 200, headers: {'Content-Type': 'text/plain'}, body: expect.stringMatching(/^[12]$/)},
      {id: 'e', status: 400},
      {id: 'f', status: 204, headers: {}},
      {id: 'g', status: 404},
    ])
    expect(responses[5]).not.toHaveProperty('body')
  })

  test('what fails takes nothing back of what did not', async () => {
    const wanted = [create('1', 'bob'), create('2', 'bob'), create('3', 'carol')]
    // Whoever comes second is refused; which one that is, nobody has said.
    const answers = await statuses(wanted)
    expect(answers.map(([, status]) => status).toSorted()).toEqual([201, 201, 400])
    expect(answers[2]).toEqual(['3', 201])
    const {json} = await tenant.send('GET', "/users?$filter=displayName in ('bob','carol')")
    expect(json['value']).toHaveLength(2)
    const log = await tenant.send('GET', "/auditLogs/directoryAudits?$filter=activityDisplayName eq 'Add user'&$top=2")
    const targets = (log.json['value'] as {targetResources: Json[]}[]).map(({targetResources}) => targetResources[0])
    expect(new Set(targets.map((target) => target?.['displayName']))).toEqual(new Set(['bob', 'carol']))
  })

  test('what waits for a failure fails, too', async () => {
    const [gone, fine] = [
      {method: 'GET', url: '/users/nobody'},
      {method: 'GET', url: '/organization'},
    ]
    expect(
      await statuses([
        {id: '1', ...gone},
        {id: '2', ...fine, dependsOn: ['1']},
        {id: '3', ...fine, dependsOn: ['2']},
      ]),
    ).toEqual([
      ['1', 404],
      ['2', 424],
      ['3', 424],
    ])
    expect(
      await statuses([
        {id: 'A', ...fine},
        {id: 'b', ...gone},
        {id: 'c', ...fine, dependsOn: ['a']},
        {id: 'd', ...fine, dependsOn: ['A']},
      ]),
    ).toEqual([
      ['A', 200],
      ['b', 404],
      ['c', 200],
      ['d', 200],
    ])
  })

  test('a body that is not JSON is base64, text is text', async () => {
    const body = JSON.stringify({city: 'Oslo'})
    const patch = {method: 'PATCH', url: '/users/ada@syfuhs.onmicrosoft.com'}
    const encoded = Buffer.from(body).toString('base64')
    expect(
      await statuses([
        {id: '1', ...patch, headers: {'content-type': 'application/octet-stream'}, body: encoded},
        {id: '2', ...patch, headers: {'content-type': 'text/json'}, body},
        {id: '3', ...patch, headers: json, body: encoded},
      ]),
    ).toEqual([
      ['1', 204],
      ['2', 204],
      ['3', 400],
    ])
  })

  test('every request is by whoever sent the batch', async () => {
    const anyone = lab.sendAs({})
    const inner = {
      id: '1',
      method: 'GET',
      url: '/users',
      headers: {Authorization: `Bearer ${lab.directory.ticketFor({tenantId: tenant.id})}`},
    }
    const {json} = await anyone('POST', '/$batch', {requests: [inner]})
    expect(json['responses']).toMatchObject([{status: 403}])
    const nobody = await tenant.send('POST', '/$batch', {requests: [inner]}, {authorization: 'Bearer nobody'})
    expect(nobody.status).toBe(401)
    expect(await batch([{id: '1', method: 'GET', url: '/me'}], '/beta/%24batch')).toMatchObject([{status: 400}])
  })

  const get = {method: 'GET', url: '/users'}
  test.each<[string, unknown, string]>([
    ['nothing', {}, 'Invalid batch payload format.'],
    ['no list', {requests: {}}, 'Invalid batch payload format.'],
    ['an empty list', {requests: []}, 'Invalid batch payload format.'],
    ['what is no request', {requests: [null]}, 'Invalid batch payload format.'],
    ['a request without id', {requests: [get]}, 'Invalid batch payload format.'],
    ['21', {requests: Array.from({length: 21}, (_, id) => ({id: `${id}`, ...get}))}, 'the maximum value of 20'],
    [
      'ids that differ in case',
      {
        requests: [
          {id: 'a', ...get},
          {id: 'A', ...get},
        ],
      },
      'has to be unique',
    ],
    ['what waits for nobody', {requests: [{id: 'a', ...get, dependsOn: ['b']}]}, 'Invalid dependency'],
    ['what waits for itself', {requests: [{id: 'a', ...get, dependsOn: ['a']}]}, 'Invalid dependency'],
    [
      'two that wait for each other',
      {
        requests: [
          {id: 'a', ...get, dependsOn: ['b']},
          {id: 'b', ...get, dependsOn: ['a']},
        ],
      },
      'Invalid dependency',
    ],
    [
      'a mixed order',
      {requests: ['a', 'b', 'c', 'd'].map((id) => ({id, ...get, dependsOn: {c: ['a'], d: ['b']}[id] ?? []}))},
      'fully sequential or fully parallel',
    ],
    ['another method', {requests: [{id: 'a', method: 'HEAD', url: '/users'}]}, "'HEAD'"],
    [
      'a whole address',
      {requests: [{id: 'a', method: 'GET', url: 'https://graph.test/v1.0/users'}]},
      'Invalid request URL',
    ],
    ['another host', {requests: [{id: 'a', method: 'GET', url: '//graph.test/users'}]}, 'Invalid request URL'],
    ['a way out', {requests: [{id: 'a', method: 'GET', url: '/../fedctl/v1/tenants'}]}, 'Invalid request URL'],
    ['a batch', {requests: [{id: 'a', method: 'POST', url: '/$batch', headers: json, body: {}}]}, 'is a batch'],
    ['a change without a type', {requests: [create('a', 'x', {headers: {}})]}, 'does not contain Content-Type header'],
    [
      'a change without a body',
      {requests: [create('a', 'x', {body: undefined})]},
      'does not contain Content-Type header',
    ],
    ['headers that are none', {requests: [create('a', 'x', {headers: {a: 1}})]}, "Invalid header 'a'"],
    [
      'bytes that are no text',
      {requests: [create('a', 'x', {headers: {'content-type': 'image/png'}})]},
      'must be text',
    ],
  ])('refuses %s as a whole', async (_, body, message) => {
    const {status, json, text} = await tenant.send('POST', '/$batch', body)
    expect([status, json, text]).toMatchObject([400, {error: {code: 'BadRequest'}}, expect.stringContaining(message)])
    expect((await tenant.send('GET', '/users/x@syfuhs.onmicrosoft.com')).status).toBe(404)
  })
})
