import {join} from 'node:path'
import {keepServerCertificate} from '../lib/certificates/keep-server-certificate.ts'
import {readServerIdentity} from '../lib/certificates/read-server-identity.ts'
import type {ServerIdentity} from '../lib/certificates/server-identity.ts'
import {FedctlError} from '../lib/errors/fedctl-error.ts'
import {certificateNames, type ListenAddress, type ServedName} from '../lib/model/listen-address.ts'
import {openAccessLog} from './access-log.ts'
import type {Context} from './context.ts'
import {givenPassphrase} from './flags/passphrase.ts'
import {renderError} from './render/error.ts'
import type {DirectoryService} from './views/directory-service-view.ts'

/** What the flags of a service give. */
export interface ServiceGiven {
  readonly listen?: ListenAddress | undefined
  readonly allowRemote: boolean
  readonly name?: readonly ServedName[] | undefined
  readonly certificate?: string | undefined
  readonly key?: string | undefined
  readonly throttle: boolean
  readonly throttleScale?: number | undefined
  readonly accessLog?: string | undefined
  readonly quiet: boolean
}

/** A service that runs. */
export interface RunningService {
  readonly service: DirectoryService
  close(): Promise<void>
}

const usualAddress: ListenAddress = {host: '127.0.0.1', port: 8443, isLoopback: true}

/** Serves the embedded directory as it was asked for, and says on standard error where, and how clients trust it. */
export async function startService(context: Context, given: ServiceGiven): Promise<RunningService> {
  const {listen = usualAddress, name: names = []} = given
  if (!listen.isLoopback && !given.allowRemote)
    throw new FedctlError('Usage', `At ${listen.host} other machines could reach the directory.`, {
      hints: ['If they are meant to, add --allow-remote; if not, listen on 127.0.0.1.'],
    })
  const {certificate, key} = given
  const {served, identity} = await context.serve(async () => {
    const identity =
      certificate === undefined || key === undefined
        ? await ownIdentity(context, certificateNames(listen, names))
        : await readServerIdentity({certificate, key, passphrase: givenPassphrase(context, undefined)})
    const log = openAccessLog(context, given)
    const throttle = given.throttle ? {scale: given.throttleScale ?? 1} : undefined
    return {listen, names, identity, throttle, served: log, failed: (error) => tell(context, error)}
  })
  const {
    certificate: {sha256, notAfter},
    file,
  } = identity
  context.terminal.writeError(
    [
      `Listening on ${served.origin}; Ctrl-C stops it.`,
      `SHA-256 of its certificate, which ends on ${notAfter.toISOString().slice(0, 10)}: ${sha256}`,
      ...(certificate === undefined ? [`Clients trust it with NODE_EXTRA_CA_CERTS=${file}`] : []),
      '',
    ].join('\n'),
  )
  if (notAfter < context.now()) context.warn(`${file} ended on ${notAfter.toISOString()}: clients refuse it.`)
  const {pid: processId} = context.processes.self
  return {service: {address: served.origin, certificate: file, sha256, notAfter, processId}, close: served.close}
}

function ownIdentity(context: Context, names: readonly string[]): Promise<ServerIdentity> {
  const {folders, uid, now, randomBytes, generateKey} = context
  const base = join(folders.data, 'directory-server')
  return keepServerCertificate({base, names, uid, now: now(), randomBytes, generateKey})
}

/** What failed behind a request, for the administrator: its client is only told that it failed. */
function tell({terminal}: Context, error: unknown): void {
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error)
  terminal.writeError(
    error instanceof FedctlError
      ? renderError(error, terminal.errorsHaveColors)
      : `This is a bug of fedctl. Please report it with these lines:\n${stack}\n`,
  )
}
