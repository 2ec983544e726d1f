import type {PostgresPool} from 'kysely'
import {Pool, types} from 'pg'
import {FedctlError} from '../../errors/fedctl-error.ts'
import type {DatabaseLocation} from '../../model/store-location.ts'
import {ConnectionFailure} from './postgres-failure.ts'

/** How long, in milliseconds, a connection or a lock is waited for, and how long a statement may run; 0 is for ever. */
export interface Limits {
  readonly patience: number
  readonly statement: number
  /** Connections at once. */
  readonly most: number
}

// A change that is not going on (its process was stopped) must not keep everybody out.
const idleInChangeMilliseconds = 30_000
// The texts of one program are few; only filters make new ones.
const mostPrepared = 200

/**
 * A pool of connections as Kysely takes one. Statements are kept prepared by their text. What fails is a DatabaseError of pg, or a
 * ConnectionFailure.
 */
export function openPool(location: DatabaseLocation, {patience, statement, most}: Limits): PostgresPool {
  const pool = new Pool({
    ...connectionOf(location),
    max: most,
    connectionTimeoutMillis: patience,
    lock_timeout: patience,
    statement_timeout: statement,
    idle_in_transaction_session_timeout: idleInChangeMilliseconds,
    keepAlive: true,
    types: {getTypeParser: (id, format) => (id === types.builtins.INT8 ? Number : types.getTypeParser(id, format))},
  })
  // Whoever works with a connection that is lost is told so; without these listeners the process would end.
  pool.on('connect', (client) => client.on('error', () => undefined))
  pool.on('error', () => undefined)
  const names = new Map<string, string>()
  const nameOf = (text: string): string | undefined => {
    if (!names.has(text) && names.size < mostPrepared) names.set(text, `fedctl${names.size}`)
    return names.get(text)
  }
  const connectionFailed = (error: unknown): never => {
    // An error of the server has an SQLSTATE; what pg itself and the system say has none.
    const isOfServer = typeof (error as {severity?: unknown}).severity === 'string'
    throw isOfServer || error instanceof FedctlError ? error : new ConnectionFailure(error, location.tls !== 'disable')
  }
  const connect = async () => {
    const client = await pool.connect().catch(connectionFailed)
    const query = async (text: string, values: readonly unknown[]) => {
      const name = values.length === 0 ? undefined : nameOf(text)
      const prepared = name === undefined ? {} : {name}
      return client.query({text, values: [...values], ...prepared}).catch(connectionFailed)
    }
    return {query, release: (isBroken?: boolean) => client.release(isBroken)}
  }
  return {connect, end: () => pool.end(), options: {}} as unknown as PostgresPool
}

/** Everything that pg would else take from the environment of the process is said. */
function connectionOf({host, port, database, user, schema, password, tls, rootCertificates}: DatabaseLocation) {
  const roots = rootCertificates === undefined ? {} : {ca: rootCertificates}
  // As libpq: whoever names authorities wants them to be asked.
  const isVerified = tls !== 'require' || rootCertificates !== undefined
  const anyName = tls === 'verify-full' ? {} : {checkServerIdentity: () => undefined}
  return {
    host,
    port,
    database,
    user,
    application_name: 'fedctl',
    options: `-c search_path=${schema}`,
    sslnegotiation: 'postgres' as const,
    ssl: tls === 'disable' ? false : {...roots, ...anyName, rejectUnauthorized: isVerified},
    password: async () => {
      const found = await password()
      if (found !== undefined) return found
      throw new FedctlError('StoreAccessDenied', `The server ${host} asks for the password of ${user}.`, {
        hints: ['Give it with --store-password-file, in PGPASSWORD, or in the file that PGPASSFILE names.'],
      })
    },
  }
}
