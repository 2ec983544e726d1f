import {connect} from 'node:net'
import {setTimeout} from 'node:timers/promises'
import {connect as connectTls} from 'node:tls'
import {afterAll, beforeAll, describe, expect, test} from '@jest/globals'
import {createServerCertificate} from '../../../src/lib/certificates/create-server-certificate.ts'
import {writePem} from '../../../src/lib/certificates/write-pem.ts'
import {
  type Served,
  type ServedDirectory,
  type ServeOptions,
  serveDirectory,
} from '../../../src/lib/directory/serve/serve-directory.ts'
import type {ServedRequest} from '../../../src/lib/directory/serve/served-request.ts'
import {FedctlError} from '../../../src/lib/errors/fedctl-error.ts'
import {type Asked, ask, type Told} from '../../parts/ask.ts'
import {openTestDirectory, type TestDirectory, type TestTenant} from '../../parts/open-test-directory.ts'
import {serviceParts} from '../../parts/service-parts.ts'
import {rsaKey} from '../../parts/signing-identity.ts'

let ca = ''
let identity: ServeOptions['identity']
const listen = {host: '127.0.0.1', port: 0, isLoopback: true}

beforeAll(async () => {
  const key = rsaKey()
  const {certificate} = await createServerCertificate({
    subject: 'CN=test',
    keySize: 2048,
    notBefore: new Date(Date.now() - 60_000),
    notAfter: new Date(Date.now() + 3_600_000),
    serialNumber: Buffer.alloc(16, 1),
    generateKey: async () => ({privateKey: key}),
    names: ['localhost', '127.0.0.1', 'directory.test'],
  })
  ca = writePem('CERTIFICATE', certificate.der)
  identity = {certificates: ca, key}
})

interface TestService extends ServedDirectory {
  readonly entries: ServedRequest[]
  readonly failures: unknown[]
  ask(path: string, asked?: Partial<Asked>): Promise<Told>
}

const closers: (() => Promise<void>)[] = []
// Also what a test that failed has left.
afterAll(() => Promise.all(closers.map((close) => close())))

async function serve(served: Partial<Served>, options: Partial<ServeOptions> = {}): Promise<TestService> {
  const entries: ServedRequest[] = []
  const failures: unknown[] = []
  const whole: Served = {
    fetch: async () => ({status: 200, headers: {}, body: 'answer'}),
    check: async () => undefined,
    close: async () => undefined,
    ...served,
  }
  const service = await serveDirectory({
    ...serviceParts,
    listen,
    names: [{host: 'directory.test'}, {host: 'proxied.test', port: 443}],
    identity,
    open: async () => whole,
    served: (entry) => entries.push(entry),
    failed: (error) => failures.push(error),
    ...options,
  })
  let closing: Promise<void> | undefined
  const close = (): Promise<void> => (closing ??= service.close())
  closers.push(close)
  return {...service, close, entries, failures, ask: (path, asked) => ask(`${service.origin}${path}`, {ca, ...asked})}
}

const errorOf = ({body}: Told): unknown => (JSON.parse(body) as {error: unknown}).error

describe('a directory that is served', () => {
  let directory: TestDirectory
  let tenant: TestTenant
  let service: TestService
  let authorization = ''

  beforeAll(async () => {
    directory = await openTestDirectory()
    tenant = await directory.newTenant()
    authorization = `Bearer ${directory.directory.ticketFor({tenantId: tenant.id})}`
    service = await serve(directory.directory)
  })
  afterAll(async () => {
    await service.close()
    await directory.close()
  })

  test('answers what the directory answers, and points back at itself', async () => {
    const {status, headers, body} = await service.ask('/v1.0/users?$top=1', {headers: {authorization}})
    expect(status).toBe(200)
    expect(headers).toMatchObject({'content-type': 'application/json', 'cache-control': 'no-store'})
    expect(JSON.parse(body)).toMatchObject({'@odata.context': `${service.origin}/v1.0/$metadata#users`})
  })

  test('takes bodies as they are, in UTF-8', async () => {
    const change = {method: 'PATCH', headers: {authorization, 'content-type': 'application/json'}}
    const body = JSON.stringify({displayName: 'Ærø 🌊'})
    const path = `/v1.0/users/${tenant.administratorId}`
    expect(await service.ask(path, {...change, body})).toMatchObject({status: 204, body: ''})
    const {body: user} = await service.ask(path, {headers: {authorization}})
    expect(JSON.parse(user)).toMatchObject({displayName: 'Ærø 🌊'})
  })

  test('is asked by two servers at once over one store', async () => {
    const second = await openTestDirectory(directory.file)
    const other = await serve(second.directory)
    const both = [service, other] as const
    const tickets = [directory, second].map(({directory: one}) => `Bearer ${one.ticketFor({tenantId: tenant.id})}`)
    const create = (index: number): Promise<Told> =>
      both[index % 2 === 0 ? 0 : 1].ask('/v1.0/domains', {
        method: 'POST',
        headers: {authorization: `${tickets[index % 2]}`},
        body: JSON.stringify({id: `domain${index}.test`}),
      })
    const made = await Promise.all(Array.from({length: 20}, (_, index) => create(index)))
    expect(made.map(({status}) => status)).toEqual(made.map(() => 201))
    const {body} = await other.ask('/v1.0/domains', {headers: {authorization: `${tickets[1]}`}})
    expect((JSON.parse(body) as {value: unknown[]}).value).toHaveLength(21)
    await other.close()
  })

  test('HEAD is GET without a body, OPTIONS says what there is', async () => {
    const {headers: whole} = await service.ask('/v1.0/users', {headers: {authorization}})
    const head = await service.ask('/v1.0/users', {method: 'HEAD', headers: {authorization}})
    expect(head).toMatchObject({status: 200, body: '', headers: {'content-length': whole['content-length']}})
    const options = await service.ask('/v1.0/users', {method: 'OPTIONS'})
    expect(options).toMatchObject({status: 204, headers: {allow: 'GET, HEAD, POST, PATCH, PUT, DELETE, OPTIONS'}})
    expect(options.headers['access-control-allow-origin']).toBeUndefined()
  })

  test('keeps what is secret out of the log, and names of people out of the metrics', async () => {
    const canary = 'canary-4711'
    const headers = {
      authorization: `Bearer ${canary}`,
      cookie: canary,
      'x-secret': canary,
      'client-request-id': 'mine-1',
    }
    await service.ask(`/v1.0/users/grace%40hopper.test?$filter=${canary}`, {method: 'PATCH', headers, body: canary})
    expect(service.entries.at(-1)).toMatchObject({
      time: new Date('2026-11-21T12:00:00Z'),
      remoteAddress: '127.0.0.1',
      method: 'PATCH',
      path: '/v1.0/users/grace%40hopper.test',
      route: '/v1.0/users/:user',
      status: 401,
      clientRequestId: 'mine-1',
      bytesReceived: canary.length,
    })
    const {body: metrics} = await service.ask('/metrics')
    expect(JSON.stringify(service.entries) + metrics).not.toContain(canary)
    expect(metrics).not.toContain('hopper')
    expect(metrics).toContain('fedctl_http_requests_total{method="PATCH",route="/v1.0/users/:user",status="401"} 1\n')
  })
})

describe('who is let in', () => {
  let service: TestService
  beforeAll(async () => {
    service = await serve({fetch: async ({url}) => ({status: 200, headers: {}, body: url})})
  })
  const port = (): string => new URL(service.origin).port

  test.each([
    ['its address', (at: string) => `127.0.0.1:${at}`, (at: string) => `https://127.0.0.1:${at}/x`],
    ['this machine', (at: string) => `LOCALHOST:${at}`, (at: string) => `https://localhost:${at}/x`],
    ['a name it was given', (at: string) => `directory.test:${at}`, (at: string) => `https://directory.test:${at}/x`],
    ['a name with a port of its own', () => 'proxied.test', () => 'https://proxied.test/x'],
  ])('who calls it by %s; the URL has that name', async (_, host, url) => {
    expect(await service.ask('/x', {headers: {host: host(port())}})).toMatchObject({status: 200, body: url(port())})
  })

  test.each([
    ['another name', 'evil.test', 421],
    ['its name with another port', 'localhost:1', 421],
    ['a name that begins like its own', 'localhost.evil.test', 421],
    ['what is no name', 'local host', 400],
    ['a name with a path', 'localhost/x', 400],
    ['a name with a user', 'user@localhost', 400],
  ])('not who calls it by %s', async (_, host, status) => {
    const told = await service.ask('/x', {headers: {host}})
    expect(told.status).toBe(status)
    expect(errorOf(told)).toMatchObject({code: 'Request_BadRequest', innerError: {'request-id': expect.any(String)}})
  })

  test('not a target that is a whole URL, which a proxy would be sent', async () => {
    expect(await rawAnswer(service, `GET https://evil.test/x HTTP/1.1\r\nHost: localhost:${port()}\r\n\r\n`)).toMatch(
      /^HTTP\/1.1 400 /,
    )
  })

  test('not pages of other sites, but own ones, and identity providers that post a token', async () => {
    const from = async (origin: string, path: string, method = 'POST'): Promise<number> =>
      (await service.ask(path, {method, headers: {origin}})).status
    expect(await from('https://evil.test', '/v1.0/users')).toBe(403)
    expect(await from('null', '/v1.0/users')).toBe(403)
    expect(await from(`http://localhost:${port()}`, '/v1.0/users')).toBe(403)
    expect(await from('https://evil.test', '/v1.0/users', 'OPTIONS')).toBe(403)
    expect(await from('https://evil.test', '/login.srf', 'GET')).toBe(403)
    expect(await from('https://evil.test', '/login.srf')).toBe(200)
    expect(await from(`https://localhost:${port()}`, '/v1.0/users')).toBe(200)
  })

  test('not a method that there is not', async () => {
    const told = await service.ask('/x', {method: 'PROPFIND'})
    expect({status: told.status, error: errorOf(told)}).toMatchObject({
      status: 405,
      error: {code: 'Request_BadRequest'},
    })
  })

  test('not TLS before 1.2', async () => {
    const {port: at} = new URL(service.origin)
    const socket = connectTls({port: Number(at), host: '127.0.0.1', ca, maxVersion: 'TLSv1.1', minVersion: 'TLSv1'})
    await expect(
      new Promise((resolve, reject) => socket.once('secureConnect', resolve).once('error', reject)),
    ).rejects.toThrow()
  })
})

/** What a server answers to these very bytes, until it closes the connection. */
async function rawAnswer({origin}: ServedDirectory, bytes: string): Promise<string> {
  const socket = connectTls({port: Number(new URL(origin).port), host: '127.0.0.1', ca})
  socket.write(bytes)
  let answer = ''
  return new Promise((resolve, reject) => {
    socket.on('data', (chunk: Buffer) => {
      answer += String(chunk)
      if (bytes.endsWith('\r\n\r\n')) socket.end()
    })
    socket.once('close', () => resolve(answer)).once('error', reject)
  })
}

describe('limits', () => {
  test('a body of just the length is taken, one byte more is refused as Graph does, and the connection closed', async () => {
    const service = await serve({fetch: async ({body = ''}) => ({status: 200, headers: {}, body: String(body.length)})})
    const post = (length: number): Promise<Told> =>
      service.ask('/x', {method: 'POST', headers: {connection: 'keep-alive'}, body: 'x'.repeat(length)})
    const most = 4 * 1024 * 1024
    expect(await post(most)).toMatchObject({status: 200, body: String(most)})
    for (const length of [most + 1, most * 2 - 1]) {
      const told = await post(length)
      expect(told).toMatchObject({status: 413, headers: {connection: 'close'}})
      expect(errorOf(told)).toMatchObject({code: 'BadRequest', message: 'The maximum request length supported is 4MB.'})
    }
  })

  test('a request that is refused before its body was read is the last on its connection', async () => {
    const service = await serve({})
    const headers = {host: 'evil.test', connection: 'keep-alive'}
    const told = await service.ask('/x', {method: 'POST', headers, body: 'x'.repeat(1_000_000)})
    expect(told).toMatchObject({status: 421, headers: {connection: 'close'}})
  })

  test('a body that is not UTF-8 is refused, not repaired', async () => {
    const service = await serve({})
    const request = `POST /x HTTP/1.1\r\nHost: ${new URL(service.origin).host}\r\nContent-Length: 1\r\nConnection: close\r\n\r\n`
    const socket = connectTls({port: Number(new URL(service.origin).port), host: '127.0.0.1', ca})
    socket.write(Buffer.concat([Buffer.from(request), Buffer.from([0xff])]))
    const answer = await new Promise((resolve) => socket.once('data', (chunk: Buffer) => resolve(String(chunk))))
    expect(answer).toMatch(/^HTTP\/1.1 400 .*The request body is not UTF-8\./s)
  })

  test('who sends headers slowly, or nothing at all, is cut off', async () => {
    const service = await serve({}, {limits: {headersMilliseconds: 1000}})
    expect(await rawAnswer(service, 'GET / HTTP/1.1\r\nHost: ')).toMatch(/^HTTP\/1.1 408 /)
    const silent = connect({port: Number(new URL(service.origin).port), host: '127.0.0.1'})
    await new Promise((resolve) => silent.once('close', resolve))
  })

  test('connections beyond the limit are turned away and counted', async () => {
    const service = await serve({}, {limits: {connections: 1}})
    const {port} = new URL(service.origin)
    const first = connect({port: Number(port), host: '127.0.0.1'})
    await new Promise((resolve) => first.once('connect', resolve))
    await expect(service.ask('/healthz')).rejects.toThrow()
    first.destroy()
    const metrics = async (): Promise<Told> => {
      // Until the first one is seen to be gone.
      for (;;) {
        const told = await service.ask('/metrics').catch(() => setTimeout(10))
        if (told !== undefined) return told
      }
    }
    expect((await metrics()).body).toMatch(/^fedctl_connections_refused_total [1-9]/m)
  })

  test('what fails within is told to the administrator, not to the client', async () => {
    const failures = [new FedctlError('StoreDamaged', 'The store /secret is damaged.'), new Error('secret')]
    let next = 0
    const service = await serve({
      fetch: async () => {
        throw failures[next++]
      },
    })
    const [store, bug] = [await service.ask('/x'), await service.ask('/x')]
    expect([store.status, bug.status]).toEqual([503, 500])
    expect(store.body + bug.body).not.toContain('secret')
    expect(service.failures).toEqual(failures)
    expect(service.entries.map(({error}) => error)).toEqual(['StoreDamaged', 'Bug'])
  })

  test('a client that goes away aborts its request', async () => {
    const {promise: aborted, resolve} = Promise.withResolvers<void>()
    const service = await serve({
      fetch: ({signal}) =>
        new Promise((_, reject) => {
          signal?.addEventListener('abort', () => {
            reject(signal.reason)
            resolve()
          })
          socket.destroy()
        }),
    })
    const {port, host} = new URL(service.origin)
    const socket = connectTls({port: Number(port), host: '127.0.0.1', ca}).on('error', () => undefined)
    socket.write(`GET /x HTTP/1.1\r\nHost: ${host}\r\n\r\n`)
    await aborted
    await service.close()
    expect(service.entries).toMatchObject([{status: 499, path: '/x'}])
    expect(service.failures).toEqual([])
  })
})

test('several cookies are several headers', async () => {
  const service = await serve({
    fetch: async () => ({status: 200, headers: {}, cookies: ['a=1; Path=/', 'b=2'], body: ''}),
  })
  expect((await service.ask('/')).headers['set-cookie']).toEqual(['a=1; Path=/', 'b=2'])
})

describe('what the service says of itself', () => {
  test('/healthz is well while the store answers, under any name', async () => {
    let isWell = true
    const service = await serve({check: async () => (isWell ? undefined : Promise.reject(new Error('gone')))})
    const headers = {host: '10.0.0.1'}
    expect(await service.ask('/healthz', {headers})).toMatchObject({status: 200, body: 'ok\n'})
    isWell = false
    expect(await service.ask('/healthz?x', {headers})).toMatchObject({status: 503})
  })

  test('/metrics is Prometheus text for programs of this machine, not for whom a proxy speaks', async () => {
    const service = await serve({fetch: async () => ({status: 200, headers: {}, body: 'four', route: '/a/:"b"\\c'})})
    await service.ask('/a/x')
    const {headers, body} = await service.ask('/metrics')
    expect(headers['content-type']).toBe('text/plain; version=0.0.4; charset=utf-8')
    const sample = /^[a-z_]+(\{([a-z]+="([^"\\\n]|\\["\\n])*",?)+\})? ([\d.e-]+|\+Inf)$/
    const lines = body.trimEnd().split('\n')
    expect(lines.filter((line) => !line.startsWith('# ') && !sample.test(line))).toEqual([])
    expect(lines).toContain('fedctl_http_requests_total{method="GET",route="/a/:\\"b\\"\\\\c",status="200"} 1')
    expect(lines).toContain('fedctl_http_response_bytes_total 4')
    expect(body).toMatch(/_bucket\{method="GET",route="[^}]*",le="10"\} 1\n/)
    expect(lines).toContain('fedctl_http_requests_in_flight 1')
    expect(lines).toContain('fedctl_build_info{version="1.2.3",node="24.0.0"} 1')
    expect(body).toMatch(/_bucket\{method="GET",route="[^}]*",le="\+Inf"\} 1\n/)
    for (const name of ['x-forwarded-for', 'forwarded'])
      expect((await service.ask('/metrics', {headers: {[name]: 'for=10.0.0.1'}})).status).toBe(403)
    expect((await service.ask('/metrics', {headers: {host: 'evil.test'}})).status).toBe(421)
  })
})

describe('the end', () => {
  /** A service whose one request ends when it is told to. */
  async function withRunning(options: Partial<ServeOptions> = {}) {
    const {promise: isRunning, resolve: begun} = Promise.withResolvers<void>()
    const {promise: answer, resolve: end} = Promise.withResolvers<void>()
    const closed: string[] = []
    const service = await serve(
      {
        async fetch() {
          begun()
          await answer
          return {status: 200, headers: {}, body: 'late'}
        },
        close: async () => void closed.push('store'),
      },
      options,
    )
    const told = service.ask('/x')
    await isRunning
    return {service, told, end, closed}
  }

  test('lets a request that is under way end, takes no other, and closes the store after it', async () => {
    const {service, told, end, closed} = await withRunning()
    const idle = connect({port: Number(new URL(service.origin).port), host: '127.0.0.1'})
    await new Promise((resolve) => idle.once('connect', resolve))
    const closing = service.close()
    await expect(service.ask('/y')).rejects.toMatchObject({code: 'ECONNREFUSED'})
    expect(closed).toEqual([])
    end()
    expect(await told).toMatchObject({status: 200, body: 'late', headers: {connection: 'close'}})
    await closing
    expect(closed).toEqual(['store'])
  })

  test('waits no longer than it may', async () => {
    const {service, told, end, closed} = await withRunning({limits: {graceMilliseconds: 50}})
    const cut = expect(told).rejects.toThrow()
    await service.close()
    await cut
    expect(closed).toEqual(['store'])
    end()
  })
})

test('an address that is taken, or of another machine, is named; so is what cannot be opened, and nothing stays open', async () => {
  const service = await serve({})
  const port = Number(new URL(service.origin).port)
  await expect(serve({}, {listen: {...listen, port}})).rejects.toMatchObject({
    code: 'AddressUnavailable',
    message: `127.0.0.1:${port} is in use by another program.`,
  })
  await service.close()
  await expect(serve({}, {listen: {...listen, host: '192.0.2.1'}})).rejects.toMatchObject({code: 'AddressUnavailable'})
  const open = async (): Promise<Served> => Promise.reject(new FedctlError('StoreDamaged', 'It is damaged.'))
  await expect(serve({}, {listen: {...listen, port}, open})).rejects.toMatchObject({code: 'StoreDamaged'})
  await (await serve({}, {listen: {...listen, port}})).close()
})
