import {FedctlError} from '../../errors/fedctl-error.ts'
import {badRequest} from '../rules/graph-failure.ts'
import {damagedStore} from './store-failure.ts'

/** No connection, or one that was lost; the cause says why. */
export class ConnectionFailure extends Error {
  readonly isTls: boolean

  constructor(cause: unknown, isTls: boolean) {
    super((cause as Error).message, {cause})
    this.isTls = isTls
  }
}

type Meaning = (name: string, error: Error) => unknown

const unreachable =
  (why: string, ...hints: string[]): Meaning =>
  (name, cause) =>
    new FedctlError('Unreachable', `The store ${name} is not reachable: ${why}.`, {hints, cause})

const denied =
  (why: string, ...hints: string[]): Meaning =>
  (name, cause) =>
    new FedctlError('StoreAccessDenied', `The store ${name} ${why}.`, {hints, cause})

const damaged: Meaning = (name, cause) => damagedStore(cause, name, `is damaged: ${cause.message}`)
const full: Meaning = (name, cause) =>
  new FedctlError('FileFailure', `The store ${name} cannot grow: the disk of its server is full.`, {cause})
const tooLong = unreachable('it did not answer in time', 'Try again when others that use it have finished.')
const goingDown = unreachable('the server is starting or going down', 'Try again in a moment.')
const wrongPassword = denied('refuses the user or the password')

// SQLSTATE (PostgreSQL, appendix A); of two letters, the class.
const meanings: Readonly<Record<string, Meaning>> = {
  '08': unreachable('the connection was lost'),
  '28': wrongPassword,
  '3D000': unreachable('the server has no such database', 'Make it: createdb, with the encoding UTF8.'),
  '22021': () => badRequest('The request holds a character that cannot be stored.'),
  '25P03': tooLong,
  '42501': denied(
    'allows its user too little',
    'The user needs a schema of its own: create schema fedctl authorization …',
  ),
  '42P01': damaged,
  '42703': damaged,
  '42883': damaged,
  '53100': full,
  '53300': unreachable('the server has no connection left', 'Try again when others that use it have finished.'),
  '55P03': tooLong,
  '57014': tooLong,
  '57': goingDown,
  XX: damaged,
}

const network: Readonly<Record<string, Meaning>> = {
  ECONNREFUSED: unreachable('nothing listens there'),
  ENOENT: unreachable('there is no socket'),
  ENOTFOUND: unreachable('there is no such host'),
  EAI_AGAIN: unreachable('the name of the host could not be resolved'),
  ETIMEDOUT: tooLong,
}

/**
 * What a failure of PostgreSQL means to a person: `Unreachable`, `StoreAccessDenied`, `StoreDamaged`, `FileFailure` or `ServiceFailure`, and
 * Graph's 400 for text that no database can hold. Names the store, never a password. Anything else is given back as it is.
 */
export function postgresFailure(error: unknown, name: string): unknown {
  if (error instanceof ConnectionFailure) {
    const {code = '', message} = error.cause as {code?: string; message?: string}
    const meaning = Object.hasOwn(network, code) ? network[code] : undefined
    return (meaning ?? unreachable(message || code, ...(error.isTls ? [tlsHint] : [])))(name, error)
  }
  const {code, severity} = error as {code?: unknown; severity?: unknown}
  if (typeof code !== 'string' || typeof severity !== 'string') return error
  const meaning = meanings[code] ?? meanings[code.slice(0, 2)] ?? refused
  return meaning(name, error as Error)
}

const tlsHint =
  'sslrootcert=FILE in the URL names the authorities to trust; sslmode=require trusts any server, disable asks for no TLS.'

const refused: Meaning = (name, cause) =>
  new FedctlError('ServiceFailure', `The store ${name} refused a change: ${cause.message}.`, {
    hints: ['Nothing was changed. Please report it.'],
    cause,
  })
