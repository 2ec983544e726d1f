import {execFile} from 'node:child_process'
import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {promisify} from 'node:util'
import {afterAll, expect, test} from '@jest/globals'
import {openDirectory} from '../src/lib/directory/open-directory.ts'
import {sender} from './parts/open-test-directory.ts'
import {type PostgresServer, postgresPrograms, startPostgres} from './parts/postgres-server.ts'

// CI asks for 500.
const [processes, changes] = [16, Number(process.env['CHANGES'] ?? 40)]
const program = join(import.meta.dirname, 'parts', 'change-often.ts')
const folder = mkdtempSync(join(tmpdir(), 'fedctl-many-'))
let server: PostgresServer | undefined
afterAll(async () => {
  await server?.remove()
  rmSync(folder, {recursive: true, force: true})
})

const places = [
  ['a file', async () => join(folder, 'directory.sqlite')],
  [
    'a database',
    async () => {
      server = await startPostgres()
      return server
    },
  ],
] as const

test.each(places.filter(([where]) => where === 'a file' || postgresPrograms() !== undefined))(
  `${processes} processes change %s ${changes} times each: every change is there, and nobody is turned away`,
  async (_, placeOf) => {
    const place = await placeOf()
    const directory = await openDirectory({
      store: typeof place === 'string' ? place : place.location(),
      uid: process.geteuid?.(),
      now: () => new Date(),
      newId: () => crypto.randomUUID(),
      randomBytes: (size) => crypto.getRandomValues(new Uint8Array(size)),
      resolveTxt: async () => [],
    })
    const {json} = await sender(directory, directory.ticketFor({}))('POST', '/fedctl/v1/tenants', {
      displayName: 'Syfuhs',
      initialDomain: 'syfuhs.onmicrosoft.com',
    })
    const tenantId = String(json['id'])
    const named = typeof place === 'string' ? place : `${place.port}`
    const outcomes = await Promise.all(
      Array.from({length: processes}, (_, index) =>
        promisify(execFile)(process.execPath, [program, named, tenantId, `p${index}`, `${changes}`]),
      ),
    )
    expect(outcomes.map(({stdout, stderr}) => [stdout, stderr])).toEqual(outcomes.map(() => [`${changes}`, '']))
    const count = await sender(directory, directory.ticketFor({tenantId}))('GET', '/users/$count', undefined, {
      consistencylevel: 'eventual',
    })
    expect(Number(count.text)).toBe(processes * changes + 1)
    await directory.close()
  },
  600_000,
)
