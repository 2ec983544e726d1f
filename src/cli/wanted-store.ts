import {join, resolve} from 'node:path'
import {FedctlError} from '../lib/errors/fedctl-error.ts'
import {
  type DatabaseLocation,
  type DatabaseUrl,
  isDatabaseUrl,
  readDatabaseUrl,
  type StoreLocation,
  type TlsMode,
  tlsModes,
  toDatabaseUrl,
} from '../lib/model/store-location.ts'
import type {Parts} from './context.ts'

/** What a command line says of the store. */
export interface StoreGiven {
  /** --store */
  readonly store?: string | undefined
  /** --store-password-file */
  readonly storePasswordFile?: string | undefined
}

type World = Pick<Parts, 'environment' | 'folders' | 'uid'>

/**
 * Which store is meant: the path of a file or a postgres:// URL, as --store or FEDCTL_STORE say, else as the profile remembers it, else the
 * usual file.
 */
export function storeText({environment, folders}: World, {store}: StoreGiven, remembered?: string): string {
  const text = store ?? (environment['FEDCTL_STORE'] || remembered)
  if (text === undefined || text === '') return join(folders.data, 'directory.sqlite')
  return isDatabaseUrl(text) ? text : resolve(text)
}

/** What a profile has to remember of such a text; undefined of the usual file. */
export function storeToRemember(world: World, given: StoreGiven): string | undefined {
  const text = storeText(world, given)
  return text === storeText({...world, environment: {}}, {}) ? undefined : text
}

/** The store of such a text. Throws Usage for a URL with a password and for one that is wrong; never says the password. */
export async function toStoreLocation(text: string, world: World, given: StoreGiven): Promise<StoreLocation> {
  if (isDatabaseUrl(text)) return toDatabaseLocation(text, world, given)
  if (given.storePasswordFile === undefined) return text
  throw new FedctlError('Usage', `--store-password-file is for a database server, and the store is the file ${text}.`)
}

async function toDatabaseLocation(text: string, world: World, given: StoreGiven): Promise<DatabaseLocation> {
  const reading = readDatabaseUrl(text)
  // The text is not repeated: what is wrong with it may be a password.
  if (!reading.ok)
    throw new FedctlError('Usage', `The URL of the store is refused: ${reading.problem}.`, {
      hints: reading.problem.includes('password')
        ? [
            'Others can see command lines. Give it with --store-password-file, in PGPASSWORD, or in the file of PGPASSFILE.',
          ]
        : [],
    })
  const {environment} = world
  const {host, port, schema, rootCertificateFile = environment['PGSSLROOTCERT'] || undefined} = reading.value
  const user = reading.value.user ?? (environment['PGUSER'] || (await import('node:os')).userInfo().username)
  const place = {host, port, schema, user, database: reading.value.database ?? (environment['PGDATABASE'] || user)}
  const roots = rootCertificateFile === undefined ? {} : {rootCertificates: await readRoots(rootCertificateFile)}
  return {
    ...place,
    ...roots,
    url: toDatabaseUrl(place),
    tls: tlsOf(reading.value, environment['PGSSLMODE'] || undefined),
    password: async () => (await import('./server-password.ts')).serverPassword(place, world, given.storePasswordFile),
  }
}

/** Whoever does not say otherwise gets what is safe: over a network, a server that proves who it is. */
function tlsOf({tls, host}: DatabaseUrl, wanted: string | undefined): TlsMode {
  const isHere = host.startsWith('/') || host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host)
  if (tls !== undefined) return tls
  if (wanted === undefined) return isHere ? 'disable' : 'verify-full'
  const known = tlsModes.find((mode) => mode === wanted)
  if (known !== undefined) return known
  throw new FedctlError('Usage', `PGSSLMODE is "${wanted}": it must be one of ${tlsModes.join(', ')}.`, {
    hints: ['sslmode=… in the URL of the store goes before it.'],
  })
}

async function readRoots(file: string): Promise<string> {
  const {readSmallFile} = await import('../lib/files/read-small-file.ts')
  const text = (await readSmallFile(file)).toString('latin1')
  if (text.includes('-----BEGIN CERTIFICATE-----')) return text
  throw new FedctlError(
    'CertificateUnreadable',
    `${file}, which should name the authorities to trust, has no certificate in PEM.`,
  )
}
