// Runs the directory's suite again, with its stores on a PostgreSQL server of its own: npm run test:postgres [-- jest's arguments].
import {spawnSync} from 'node:child_process'
import {join} from 'node:path'
import {postgresPrograms, startPostgres} from '../test/parts/postgres-server.ts'

// Those that look into the SQLite file itself, and those that have a server of their own.
const left = ['directory/store.test', 'directory/postgres-store.test']
const [given = [], suite] = [process.argv.slice(2), ['test/lib/directory', 'test/transcripts.test.ts']]

if (postgresPrograms() === undefined) {
  console.error(
    'There is no PostgreSQL here (initdb and postgres, in PATH or /usr/lib/postgresql): nothing was tested.',
  )
  process.exitCode = 1
} else {
  const server = await startPostgres()
  try {
    const jest = join(import.meta.dirname, '..', 'node_modules', 'jest', 'bin', 'jest.js')
    const flags = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', jest]
    const files = given.length > 0 ? given : [...suite, '--testPathIgnorePatterns', '/node_modules/', ...left]
    const {status} = spawnSync(process.execPath, [...flags, ...files], {
      stdio: 'inherit',
      env: {...process.env, FEDCTL_TEST_STORE: `${server.port}`},
    })
    process.exitCode = status ?? 1
  } finally {
    await server.remove()
  }
}
