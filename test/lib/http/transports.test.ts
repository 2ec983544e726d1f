import {createServer, type Server} from 'node:http'
import type {AddressInfo} from 'node:net'
import {afterAll, beforeAll, describe, expect, test} from '@jest/globals'
import {authorized} from '../../../src/lib/http/authorized.ts'
import {networkTransport} from '../../../src/lib/http/network.ts'
import {NothingIsSent, type RecordedRequest, recording} from '../../../src/lib/http/recording.ts'
import {traced} from '../../../src/lib/http/traced.ts'
import type {HttpRequest} from '../../../src/lib/model/http-message.ts'

const request: HttpRequest = {method: 'GET', url: 'https://x.example/a?b=c', headers: {}}

describe('authorized', () => {
  test('one 401 renews the token, once', async () => {
    const sent: string[] = []
    const transport = authorized(
      async ({headers}) => {
        sent.push(headers['authorization'] ?? '')
        return {status: 401, headers: {}, body: ''}
      },
      async (renew) => (renew ? 'new' : 'old'),
    )
    expect((await transport(request)).status).toBe(401)
    expect(sent).toEqual(['Bearer old', 'Bearer new'])
  })
})

describe('traced', () => {
  test('says method, path, status and request id, and nothing secret', async () => {
    const said: string[] = []
    const transport = traced(
      async () => ({status: 200, headers: {'request-id': 'r-1'}, body: '{"password":"canary"}'}),
      (line) => said.push(line),
    )
    await transport({...request, headers: {authorization: 'Bearer canary'}, body: '{"password":"canary"}'})
    expect(said).toEqual(['GET /a?b=c → 200 (request-id r-1)'])
  })
})

describe('recording', () => {
  const sent: HttpRequest[] = []
  const inner = async (one: HttpRequest) => {
    sent.push(one)
    return {status: 200, headers: {}, body: '{}'}
  }

  test('a read is recorded and not sent, or passes when a plan needs it', async () => {
    const recorded: RecordedRequest[] = []
    await expect(recording(inner, (one) => recorded.push(one), false)(request)).rejects.toBeInstanceOf(NothingIsSent)
    expect(recorded).toEqual([{method: 'GET', url: '/a?b=c'}])
    expect(sent).toEqual([])
    await recording(inner, (one) => recorded.push(one), true)(request)
    expect(sent).toHaveLength(1)
  })

  test('a change is never sent, and its secrets are not shown', async () => {
    const recorded: RecordedRequest[] = []
    const body = JSON.stringify({id: 'x', passwordProfile: {password: 'canary'}, list: [{newPassword: 'canary'}]})
    await recording(inner, (one) => recorded.push(one), true)({...request, method: 'POST', body})
    expect(sent).toHaveLength(1)
    expect(JSON.stringify(recorded)).not.toContain('canary')
    expect(recorded[0]?.body).toMatchObject({id: 'x', passwordProfile: {password: '<secret>'}})
  })

  test.each(['wresult', 'SAMLResponse'])('the token of a form (%s) is not shown', async (name) => {
    const recorded: RecordedRequest[] = []
    const headers = {'content-type': 'application/x-www-form-urlencoded'}
    const body = `wa=wsignin1.0&${name}=canary`
    await recording(inner, (one) => recorded.push(one), true)({...request, method: 'POST', headers, body})
    expect(recorded).toEqual([{method: 'POST', url: '/a?b=c', body: {wa: 'wsignin1.0', [name]: '<secret>'}}])
  })
})

describe('networkTransport', () => {
  let server: Server
  let origin = ''
  beforeAll(async () => {
    server = createServer((incoming, response) => {
      if (incoming.url === '/moved') response.writeHead(302, {location: '/elsewhere'}).end()
      else if (incoming.url === '/cut')
        response.writeHead(200, {'content-length': '100'}).write('half', () => response.destroy())
      else
        response.writeHead(404, {'X-Odd': 'Yes'}).end(`${incoming.method} ${incoming.headers['authorization'] ?? ''}`)
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  afterAll(() => new Promise<void>((resolve) => server.close(() => resolve())))

  test('any status is an answer, header names are lower case, redirects are not followed', async () => {
    const transport = networkTransport()
    expect(await transport({...request, url: `${origin}/x`, headers: {authorization: 'Bearer t'}})).toMatchObject({
      status: 404,
      headers: {'x-odd': 'Yes'},
      body: 'GET Bearer t',
    })
    expect((await transport({...request, url: `${origin}/moved`})).status).toBe(302)
  })

  test.each([
    ['no connection', () => 'http://127.0.0.1:1/'],
    ['an answer cut short', () => `${origin}/cut`],
    ['no such host', () => 'http://no-such-host.invalid/'],
  ])('%s is Unreachable, without the token', async (_what, url) => {
    const error = await networkTransport()({...request, url: url(), headers: {authorization: 'Bearer canary'}}).catch(
      (thrown: unknown) => thrown,
    )
    expect(error).toMatchObject({code: 'Unreachable'})
    const {cause, message} = error as Error
    expect(JSON.stringify([cause, message, (cause as Error).message, (cause as Error).stack])).not.toContain('canary')
  })
})
