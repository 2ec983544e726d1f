import {mkdtempSync, readFileSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, expect, test} from '@jest/globals'
import {type PostgresServer, postgresPrograms, startPostgres} from './parts/postgres-server.ts'
import {runBin} from './parts/run-bin.ts'

const home = mkdtempSync(join(tmpdir(), 'fedctl-races-'))
let environment: Record<string, string> = {}
let server: PostgresServer | undefined
afterAll(async () => {
  await server?.remove()
  rmSync(home, {recursive: true, force: true})
})

async function databaseEnvironment(): Promise<Record<string, string>> {
  server = await startPostgres()
  const {url, password} = server.location()
  return {FEDCTL_STORE: url, PGPASSWORD: (await password()) ?? ''}
}

const json = (text: string) => JSON.parse(text) as Record<string, string>[]

/** Four processes at once: one makes the thing and shows it, the others say that it is there. */
async function race(line: (racer: string) => string[]): Promise<Record<string, string>> {
  const argv = ['1', '2', '3', '4'].map((racer) => [...line(racer), '--output', 'json'])
  const outcomes = await Promise.all(argv.map((words) => runBin(words, environment)))
  const losers = outcomes.filter(({exitCode}) => exitCode !== 0)
  for (const loser of losers)
    expect(loser).toMatchObject({exitCode: 5, stderr: expect.stringMatching(/^Error \(AlreadyExists\)/)})
  expect(losers.length).toBe(3)
  const [shown = {}] = json(outcomes.find(({exitCode}) => exitCode === 0)?.stdout ?? '[]')
  return shown
}

test.each([
  ['in a file', async () => ({})],
  ...(postgresPrograms() === undefined ? [] : [['in a database', databaseEnvironment] as const]),
])(
  '%s, of processes that make the same thing at once, one makes it and nobody takes it away or changes it',
  async (where, environmentOf) => {
    environment = {FEDCTL_HOME: join(home, where), ...(await environmentOf())}
    const tenant = await race((racer) => ['new-tenant', 'contoso', '--profile', `p${racer}`])
    expect(readFileSync(tenant['passwordFile'] ?? '', 'utf8')).toMatch(/\S{8,}/)
    const user = await race((racer) => ['new-user', 'race@contoso.onmicrosoft.com', '--display-name', `R${racer}`])
    const {stdout} = await runBin(['get-user', 'race@contoso.onmicrosoft.com', '-o', 'json'], environment)
    expect(json(stdout)).toMatchObject([{objectId: user['objectId'], displayName: user['displayName']}])
    expect(await race(() => ['new-domain', 'contoso.com'])).toMatchObject({name: 'contoso.com'})
  },
  60_000,
)
