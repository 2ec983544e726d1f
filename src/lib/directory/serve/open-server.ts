import {createServer as createHttpServer, type Server} from 'node:http'
import {createServer as createHttpsServer} from 'node:https'
import type {AddressInfo} from 'node:net'
import {FedctlError} from '../../errors/fedctl-error.ts'
import type {ListenAddress} from '../../model/listen-address.ts'
import type {ServeLimits} from './serve-limits.ts'

/** The certificates and the key of a server, as PEM. */
export interface TlsIdentity {
  readonly certificates: string
  readonly key: string
}

/** A server that listens, and on which port. */
export interface OpenServer {
  readonly server: Server
  readonly port: number
}

/**
 * Listens for HTTPS (TLS 1.2 and later), or for HTTP when there is no identity; requests are answered by who listens to them. Fails with
 * AddressUnavailable when the address is taken, not permitted or of another machine.
 */
export async function openServer(
  {host, port}: ListenAddress,
  identity: TlsIdentity | undefined,
  limits: ServeLimits,
): Promise<OpenServer> {
  const server = createServer(identity, limits)
  server.maxConnections = limits.connections
  server.timeout = limits.idleMilliseconds
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen({host: host.replaceAll(/[[\]]/g, ''), port, exclusive: true}, resolve)
    })
  } catch (cause) {
    const {code = ''} = cause as NodeJS.ErrnoException
    const {says, hint} = reasons[code] ?? {
      says: `cannot be listened on: ${(cause as Error).message}`,
      hint: otherAddress,
    }
    throw new FedctlError('AddressUnavailable', `${host}:${port} ${says}.`, {hints: [hint], cause})
  }
  return {server, port: (server.address() as AddressInfo).port}
}

function createServer(identity: TlsIdentity | undefined, limits: ServeLimits): Server {
  const timeouts = {
    headersTimeout: limits.headersMilliseconds,
    requestTimeout: limits.requestMilliseconds,
    keepAliveTimeout: limits.idleMilliseconds,
    connectionsCheckingInterval: Math.min(limits.headersMilliseconds, 5000),
  }
  if (identity === undefined) return createHttpServer(timeouts)
  const {certificates: cert, key} = identity
  const handshakeTimeout = limits.headersMilliseconds
  return createHttpsServer({...timeouts, cert, key, minVersion: 'TLSv1.2', handshakeTimeout})
}

const otherAddress = 'Choose another address or port with --listen.'

const reasons: Readonly<Record<string, {says: string; hint: string}>> = {
  EADDRINUSE: {
    says: 'is in use by another program',
    hint: 'Stop it, or choose another port with --listen; 0 takes any.',
  },
  EACCES: {says: 'may not be used by you', hint: 'Choose a port from 1024 on with --listen.'},
  EADDRNOTAVAIL: {says: 'is no address of this machine', hint: otherAddress},
}
