import {bad, good, type Reading} from './reading.ts'

/** Where the embedded directory keeps everything: the path of a SQLite file, or a database of a PostgreSQL server. */
export type StoreLocation = string | DatabaseLocation

/** How far the connection to a database server is trusted, in libpq's words. */
export const tlsModes = ['disable', 'require', 'verify-ca', 'verify-full'] as const
export type TlsMode = (typeof tlsModes)[number]

/** A database of a PostgreSQL server, and how to get in. */
export interface DatabaseLocation {
  /** What people see; holds no password. */
  readonly url: string
  /** A name, an address, or the folder of the server's socket. */
  readonly host: string
  readonly port: number
  readonly database: string
  readonly user: string
  /** The schema of the database that the store has for itself. */
  readonly schema: string
  readonly tls: TlsMode
  /** PEM of the authorities that may vouch for the server; absent: those that the runtime trusts. */
  readonly rootCertificates?: string
  /** Asked when the server wants one; undefined when there is none. */
  readonly password: () => Promise<string | undefined>
}

/** What a postgres:// URL says; what it does not say is up to the reader. */
export interface DatabaseUrl {
  readonly host: string
  readonly port: number
  readonly user?: string
  readonly database?: string
  readonly schema: string
  readonly tls?: TlsMode
  /** The path of the file with the authorities. */
  readonly rootCertificateFile?: string
}

/** Whether a text that says where a store is names a database server and not a file. */
export const isDatabaseUrl = (text: string): boolean => /^postgres(ql)?:/i.test(text)

const form =
  /^postgres(?:ql)?:\/\/(?:([^@/?#]*)@)?(\[[\da-f:.]+\]|[^@:/?#,[\]]*)(?::(\d{1,5}))?(?:\/([^/?#]*))?(?:\?([^#]*))?$/i
const parameters = ['host', 'schema', 'sslmode', 'sslrootcert']

/**
 * Reads a URL as libpq does (PostgreSQL, "Connection URIs"), of one host, with the parameters host (a socket's folder), schema, sslmode and
 * sslrootcert. One that holds a password is refused; no problem repeats any part of a URL that could be one.
 */
export function readDatabaseUrl(text: string): Reading<DatabaseUrl> {
  const [, userInfo = '', authority = '', port = '5432', path = '', query = ''] = form.exec(text) ?? []
  if (/^[^?#]*:\/\/[^?#]*:[^?#]*@|[?&](ssl)?password=/i.test(text)) return bad('it holds a password')
  if (!form.test(text)) return bad('it must be as in postgres://user@host:5432/database')
  const [user, name, database] = [userInfo, authority, path].map(decoded)
  if (user === undefined || name === undefined || database === undefined) return bad('it is not well encoded')
  const given = new URLSearchParams(query)
  if ([...given.keys()].some((key) => !parameters.includes(key) || given.getAll(key).length > 1))
    return bad(`its parameters can be ${parameters.join(', ')}, each once`)
  const host = given.get('host') ?? name.replaceAll(/[[\]]/g, '')
  if (host === '')
    return bad('it names no host; a socket is named by its folder: postgres:///database?host=/run/postgresql')
  const schema = given.get('schema') ?? 'fedctl'
  if (!/^(?!pg_)[a-z_][a-z0-9_]{0,62}$/.test(schema))
    return bad('its schema must be of lower-case letters, digits and underscores')
  const tls = tlsModes.find((mode) => mode === given.get('sslmode'))
  if (given.has('sslmode') && tls === undefined) return bad(`its sslmode must be one of ${tlsModes.join(', ')}`)
  const file = given.get('sslrootcert')
  if (file !== null && !/^([a-z]:)?[\\/]/i.test(file)) return bad('its sslrootcert must be a whole path')
  return good({
    host,
    port: Number(port),
    schema,
    ...(user === '' ? {} : {user}),
    ...(database === '' ? {} : {database}),
    ...(tls === undefined ? {} : {tls}),
    ...(file === null ? {} : {rootCertificateFile: file}),
  })
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}

/** The URL that people are shown: whose database it is, no password, no file. */
export function toDatabaseUrl({
  user,
  host,
  port,
  database,
  schema,
}: Pick<DatabaseLocation, 'user' | 'host' | 'port' | 'database' | 'schema'>): string {
  const place = host.includes(':') ? `[${host}]` : encodeURIComponent(host)
  const at = `postgres://${encodeURIComponent(user)}@${place}:${port}/${encodeURIComponent(database)}`
  return schema === 'fedctl' ? at : `${at}?schema=${schema}`
}
