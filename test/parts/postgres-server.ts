import {execFileSync, spawn} from 'node:child_process'
import {once} from 'node:events'
import {chmodSync, chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {createServer} from 'node:net'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {setTimeout} from 'node:timers/promises'
import {Client} from 'pg'
import type {DatabaseLocation} from '../../src/lib/model/store-location.ts'
import {toDatabaseUrl} from '../../src/lib/model/store-location.ts'

/** A private PostgreSQL server in a temporary folder; its superuser has a password. */
export interface PostgresServer {
  readonly folder: string
  readonly port: number
  /** A schema of the database, which exists. */
  location(schema?: string, change?: Partial<DatabaseLocation>): DatabaseLocation
  /** Runs SQL as its superuser. */
  run(statements: string): Promise<Record<string, unknown>[]>
  /** Takes TLS from now on, with a certificate of its own for 127.0.0.1; the PEM of it. */
  useTls(): Promise<string>
  stop(): Promise<void>
  start(): Promise<void>
  /** Stops it, and its folder is gone. */
  remove(): Promise<void>
}

/** The folder of the server's programs; undefined where there are none. */
export const postgresPrograms = (): string | undefined =>
  [...(process.env['PATH'] ?? '').split(':'), ...debianFolders()].find((folder) =>
    ['initdb', 'postgres'].every((name) => existsSync(join(folder, name))),
  )

const debianFolders = (): string[] => {
  const versions = '/usr/lib/postgresql'
  return existsSync(versions) ? readdirSync(versions).map((version) => join(versions, version, 'bin')) : []
}

const user = 'fedctl'
const password = 'Corr3ct:Horse@Battery'
// The server refuses to run as root.
const nobody = process.geteuid?.() === 0 ? {uid: 65534, gid: 65534} : {}

/** A schema of the database of the server at a port. */
export function databaseAt(port: number, schema = 'fedctl', change: Partial<DatabaseLocation> = {}): DatabaseLocation {
  const place = {host: '127.0.0.1', port, database: 'postgres', user, schema, ...change}
  return {url: toDatabaseUrl(place), tls: 'disable', password: async () => password, ...place}
}

/** Makes one and starts it. */
export async function startPostgres(): Promise<PostgresServer> {
  const programs = postgresPrograms()
  if (programs === undefined) throw new Error('there is no initdb')
  const folder = mkdtempSync(join(tmpdir(), 'fedctl-pg-'))
  const data = join(folder, 'data')
  const passwordFile = join(folder, 'password')
  writeFileSync(passwordFile, password)
  chmodSync(passwordFile, 0o644)
  if (nobody.uid !== undefined) chownSync(folder, nobody.uid, nobody.gid)
  chmodSync(folder, 0o755)
  const options = ['-D', data, '-U', user, '-E', 'UTF8', '--locale=C', '-A', 'scram-sha-256', '--no-sync']
  const env = {...process.env, HOME: folder}
  execFileSync(join(programs, 'initdb'), [...options, `--pwfile=${passwordFile}`], {...nobody, env, cwd: folder})
  const port = await freePort()
  let child: ReturnType<typeof spawn> | undefined
  const run = async (statements: string): Promise<Record<string, unknown>[]> => {
    const client = new Client({host: folder, port, user, password, database: 'postgres'})
    client.on('error', () => undefined)
    await client.connect()
    try {
      return (await client.query(statements)).rows
    } finally {
      await client.end()
    }
  }
  const stop = async (): Promise<void> => {
    if (child?.exitCode !== null) return
    child.kill('SIGINT')
    await once(child, 'exit')
  }
  const start = async (): Promise<void> => {
    const settings = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'listen_addresses=127.0.0.1']
    const flags = settings.flatMap((setting) => ['-c', setting])
    child = spawn(join(programs, 'postgres'), ['-D', data, '-k', folder, '-p', `${port}`, ...flags], {
      ...nobody,
      env,
      cwd: folder,
      stdio: 'ignore',
    })
    for (let attempts = 200; ; attempts--) {
      try {
        await run('select 1')
        return
      } catch (error) {
        if (attempts === 0 || child.exitCode !== null) throw error
      }
      await setTimeout(50)
    }
  }
  const remove = async (): Promise<void> => {
    await stop()
    rmSync(folder, {recursive: true, force: true})
  }
  await start().catch(async (error) => {
    await remove()
    throw error
  })
  const useTls = async (): Promise<string> => {
    const [key, certificate] = [join(folder, 'server.key'), join(folder, 'server.pem')]
    const subject = ['-subj', '/CN=server', '-addext', 'subjectAltName=IP:127.0.0.1']
    execFileSync(
      'openssl',
      ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', certificate, ...subject],
      {
        stdio: 'ignore',
      },
    )
    if (nobody.uid !== undefined) chownSync(key, nobody.uid, nobody.gid)
    const settings = [`ssl_key_file = '${key}'`, `ssl_cert_file = '${certificate}'`, 'ssl = on']
    for (const setting of settings) await run(`alter system set ${setting}`)
    await run('select pg_reload_conf()')
    while ((await run('show ssl'))[0]?.['ssl'] !== 'on') await setTimeout(20)
    return readFileSync(certificate, 'utf8')
  }
  return {
    folder,
    port,
    useTls,
    location: (schema, change) => databaseAt(port, schema, change),
    run,
    stop,
    start,
    remove,
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const {port} = server.address() as {port: number}
  server.close()
  await once(server, 'close')
  return port
}
