import {bad, good, type Reading} from './reading.ts'

/** Where a server listens: an IP address as URLs write it (IPv6 in brackets), and a port, 0 for any that is free. */
export interface ListenAddress {
  readonly host: string
  readonly port: number
  /** Only programs of this machine reach it. */
  readonly isLoopback: boolean
}

/** A name under which a server is reached, in lower case; on the port it listens on when there is no other. */
export interface ServedName {
  readonly host: string
  readonly port?: number
}

/** Reads ADDRESS:PORT, where the address is an IP address or localhost. */
export function readListenAddress(text: string): Reading<ListenAddress> {
  const reading = readHost(text)
  if (!reading.ok) return reading
  const {port} = reading.value
  const host = reading.value.host === 'localhost' ? '127.0.0.1' : reading.value.host
  if (!isIpAddress(host)) return bad('the part before the port must be an IP address (IPv6 in brackets) or localhost')
  if (port === undefined) return bad('it has no port, as in 127.0.0.1:8443')
  return good({host, port, isLoopback: host.startsWith('127.') || host === '[::1]'})
}

/** Reads a name under which a server is reached: HOST, or HOST:PORT when that is not the port it listens on. */
export function readServedName(text: string): Reading<ServedName> {
  const reading = readHost(text)
  if (!reading.ok) return reading
  const {host, port} = reading.value
  return good(port === undefined ? {host} : {host, port})
}

/** Every name a server answers to: where it listens, those that this machine has for itself, and those it was given. */
export function listServedNames({host}: ListenAddress, given: readonly ServedName[]): readonly ServedName[] {
  const own = host === '0.0.0.0' || host === '[::]' ? [] : [host]
  return [...new Set([...own, 'localhost', '127.0.0.1', '[::1]'])]
    .map((name): ServedName => ({host: name}))
    .concat(given)
}

/** The names and addresses that the certificate of such a server is for, IPv6 without brackets. */
export const certificateNames = (listen: ListenAddress, given: readonly ServedName[]): readonly string[] => [
  ...new Set(listServedNames(listen, given).map(({host}) => host.replaceAll(/[[\]]/g, ''))),
]

const isIpAddress = (host: string): boolean => host.startsWith('[') || /^\d+(\.\d+){3}$/.test(host)

function readHost(text: string): Reading<{host: string; port: number | undefined}> {
  const [, name = '', digits] = /^(\[[\da-f:.]+\]|[a-z\d.-]+)(?::(\d{1,5}))?$/i.exec(text.trim()) ?? []
  if (name === '') return bad('it looks like 127.0.0.1:8443 or directory.contoso.com')
  // A URL writes an address in its one usual form.
  if (!URL.canParse(`https://${name}`)) return bad(`"${name}" is not a host`)
  const port = digits === undefined ? undefined : Number(digits)
  if (port !== undefined && port > 65_535) return bad('a port is at most 65535')
  return good({host: new URL(`https://${name}`).hostname, port})
}
