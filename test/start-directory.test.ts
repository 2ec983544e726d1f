import {type ChildProcess, spawn} from 'node:child_process'
import {mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {createInterface} from 'node:readline'
import {text} from 'node:stream/consumers'
import {connect} from 'node:tls'
import {afterAll, beforeAll, describe, expect, test} from '@jest/globals'
import type {DirectoryService} from '../src/cli/views/directory-service-view.ts'
import {type Outcome, openWorld, type World} from './fedctl.ts'
import {ask} from './parts/ask.ts'
import {forApplication, newClient} from './parts/oauth-lab.ts'
import {openTestDirectory} from './parts/open-test-directory.ts'

const program = join(import.meta.dirname, '..', 'bin', 'run.js')
let world: World

beforeAll(async () => {
  world = openWorld()
  await world.run('new-tenant', 'contoso')
})
const children: ChildProcess[] = []
afterAll(() => {
  for (const child of children) child.kill('SIGKILL')
  world.remove()
})

interface Started extends DirectoryService {
  readonly ca: string
  readonly child: ChildProcess
  /** Once it has ended. */
  readonly outcome: Promise<Omit<Outcome, 'stdout'>>
}

/** A service as people start it: the built program, a process of its own, on a port that is free. */
async function start(...flags: readonly string[]): Promise<Started> {
  const argv = [program, 'start-directory', '--listen', '127.0.0.1:0', '--output', 'jsonl', ...flags]
  const child = spawn(process.execPath, argv, {
    env: {PATH: process.env['PATH'], FEDCTL_HOME: world.home},
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  children.push(child)
  const outcome = Promise.all([
    text(child.stderr),
    new Promise<number>((resolve) => child.once('exit', (code) => resolve(code ?? -1))),
  ]).then(([stderr, exitCode]) => ({stderr, exitCode}))
  for await (const line of createInterface({input: child.stdout})) {
    const service = JSON.parse(line) as DirectoryService
    return {...service, ca: readFileSync(service.certificate, 'utf8'), child, outcome}
  }
  throw new Error((await outcome).stderr)
}

const realm = async ({address, ca}: Started): Promise<unknown> => {
  const {status, body} = await ask(`${address}/getuserrealm.srf?login=ada@contoso.onmicrosoft.com`, {ca})
  return {status, ...(JSON.parse(body) as object)}
}

const managed = {status: 200, NameSpaceType: 'Managed', DomainName: 'contoso.onmicrosoft.com'}

describe('a started directory', () => {
  test('prints where it listens, says how it is trusted, logs requests and ends well on SIGTERM', async () => {
    const service = await start()
    expect(service).toMatchObject({
      address: expect.stringMatching(/^https:\/\/127\.0\.0\.1:\d+$/),
      certificate: join(world.home, 'directory-server.pem'),
      processId: service.child.pid,
    })
    expect(await realm(service)).toMatchObject(managed)
    service.child.kill('SIGTERM')
    const {stderr, exitCode} = await service.outcome
    expect(exitCode).toBe(0)
    expect(stderr.split('\n')).toEqual([
      `Listening on ${service.address}; Ctrl-C stops it.`,
      expect.stringContaining(service.sha256),
      `Clients trust it with NODE_EXTRA_CA_CERTS=${service.certificate}`,
      expect.stringMatching(
        /^\{"time":"[^"]+Z","remoteAddress":"127\.0\.0\.1","method":"GET","path":"\/getuserrealm\.srf",.*\}$/,
      ),
      'Stopping: requests that are under way may end. Ctrl-C again ends it at once.',
      '',
    ])
    expect(stderr).not.toContain('login=')
  })

  test('is trusted as it says, by a Node that knows nothing else of it', async () => {
    const service = await start('--quiet')
    const fetched = spawn(
      process.execPath,
      ['-e', `fetch('${service.address}/healthz').then(async (r) => console.log(await r.text()))`],
      {
        env: {NODE_EXTRA_CA_CERTS: service.certificate},
        stdio: ['ignore', 'pipe', 'ignore'],
      },
    )
    expect(await text(fetched.stdout)).toBe('ok\n\n')
    service.child.kill('SIGINT')
    const {stderr, exitCode} = await service.outcome
    expect({exitCode, lines: stderr.split('\n').length}).toEqual({exitCode: 0, lines: 5})
  })

  test('shares the store and the certificate with a second one, and leaves it when it is killed', async () => {
    const log = join(world.home, 'requests.jsonl')
    const [one, two] = await Promise.all([start('--access-log', log), start('--access-log', log)])
    expect(two.sha256).toBe(one.sha256)
    expect(await Promise.all([realm(one), realm(two)])).toMatchObject([managed, managed])
    one.child.kill('SIGKILL')
    await one.outcome
    expect(await realm(two)).toMatchObject(managed)
    two.child.kill('SIGTERM')
    expect((await two.outcome).exitCode).toBe(0)
    expect(statSync(log).mode & 0o777).toBe(0o600)
    const entries = readFileSync(log, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as {status: number})
    // The one that was killed may not have come to it.
    expect(entries.slice(0, 2).map(({status}) => status)).toEqual([200, 200])
  })

  test('refuses who asks for too much, when it is told to', async () => {
    const lab = await openTestDirectory(join(world.home, 'directory.sqlite'))
    const {json} = await lab.ownerSend('GET', '/fedctl/v1/tenants')
    const [{id} = {id: ''}] = json['value'] as {id: string}[]
    const send = lab.sendAs({tenantId: id})
    const client = await newClient(lab, {id, send}, {roles: ['AuditLog.Read.All']})
    const {address, ca, child, outcome} = await start('--quiet', '--throttle', '--throttle-scale', '2')
    const body = new URLSearchParams(forApplication(client)).toString()
    const headers = {'content-type': 'application/x-www-form-urlencoded'}
    const token = await ask(`${address}/${id}/oauth2/v2.0/token`, {method: 'POST', headers, body, ca})
    const authorization = `Bearer ${(JSON.parse(token.body) as {access_token: string}).access_token}`
    const answers = []
    for (let index = 0; index < 8; index++)
      answers.push(await ask(`${address}/v1.0/auditLogs/signIns`, {headers: {authorization}, ca}))
    expect(answers.slice(0, 5).map(({status}) => status)).toEqual([200, 200, 200, 200, 200])
    expect(answers.at(-1)).toMatchObject({status: 429, headers: {'retry-after': '1'}})
    child.kill('SIGTERM')
    await Promise.all([outcome, lab.directory.close()])
  })

  test('ends at once on a second signal', async () => {
    const service = await start('--quiet')
    const {port} = new URL(service.address)
    // A request that never gets all of its body keeps it waiting.
    const socket = connect({port: Number(port), host: '127.0.0.1', ca: service.ca, servername: 'localhost'})
    socket.on('error', () => undefined)
    await new Promise((resolve) => {
      socket.write(
        `POST /login.srf HTTP/1.1\r\nHost: localhost:${port}\r\nContent-Length: 9\r\nExpect: 100-continue\r\n\r\n`,
      )
      socket.once('data', resolve)
    })
    service.child.kill('SIGINT')
    // Again until it is gone: the first one may not have arrived yet.
    const again = setInterval(() => service.child.kill('SIGTERM'), 200)
    const {exitCode, stderr} = await service.outcome
    clearInterval(again)
    expect({exitCode, stderr}).toEqual({exitCode: -1, stderr: expect.stringContaining('Stopping')})
    socket.destroy()
  })
})

describe('start-directory refuses', () => {
  const refused = (...flags: readonly string[]): Promise<Outcome> =>
    world.run('start-directory', '--listen', '127.0.0.1:0', ...flags)

  test('a port that is taken', async () => {
    const service = await start('--quiet')
    const port = new URL(service.address).host
    expect(await world.run('start-directory', '--listen', port)).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining(`${port} is in use by another program.`),
    })
    service.child.kill()
    await service.outcome
  })

  test('a log that others can read, one that is a link, and one that is a folder', async () => {
    const [open, link, folder] = ['open', 'link', 'folder'].map((name) => join(world.home, name)) as [
      string,
      string,
      string,
    ]
    writeFileSync(open, '', {mode: 0o644})
    symlinkSync(open, link)
    mkdirSync(folder)
    for (const [file, code] of [
      [open, 'FileUnsafe'],
      [link, 'FileUnsafe'],
      [folder, 'FileFailure'],
    ] as const)
      expect(await refused('--access-log', file)).toMatchObject({exitCode: 1, stderr: expect.stringContaining(code)})
  })
})
