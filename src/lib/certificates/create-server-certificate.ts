import type {BaseBlock} from 'asn1js'
import {type CertificateRequest, createSelfSigned, keyUsage, type SigningIdentity} from './create-self-signed.ts'
import {identifier, sequence, taggedOctets} from './write-asn1.ts'

/** What the certificate of a server shall be. */
export interface ServerCertificateRequest extends CertificateRequest {
  /** DNS names and IP addresses that it is for; IPv6 without brackets. */
  readonly names: readonly string[]
}

/** Makes a key and a self-signed certificate for a TLS server of these names (RFC 5280, 4.2.1.6, 4.2.1.12). Fails as createSelfSigned does. */
export const createServerCertificate = ({names, ...request}: ServerCertificateRequest): Promise<SigningIdentity> =>
  createSelfSigned(request, [
    // digitalSignature, and keyEncipherment for what is left of TLS 1.2 without Diffie-Hellman.
    keyUsage(0xa0, 5),
    {id: '2.5.29.37', value: sequence(identifier('1.3.6.1.5.5.7.3.1'))},
    {id: '2.5.29.17', value: sequence(...names.map(toGeneralName))},
  ])

const [dnsName, ipAddress] = [2, 7]

function toGeneralName(name: string): BaseBlock {
  if (/^[\d.]+$/.test(name)) return taggedOctets(ipAddress, Uint8Array.from(name.split('.').map(Number)))
  if (name.includes(':')) return taggedOctets(ipAddress, toIpv6Bytes(name))
  return taggedOctets(dnsName, Buffer.from(name, 'ascii'))
}

/** The sixteen bytes of an address as URLs write it: groups of hexadecimal digits, the longest run of zeros as two colons. */
function toIpv6Bytes(address: string): Uint8Array {
  const [before = '', after = ''] = address.split('::')
  const groupsOf = (text: string): number[] => (text === '' ? [] : text.split(':').map((group) => parseInt(group, 16)))
  const [first, last] = [groupsOf(before), groupsOf(after)]
  const groups = [...first, ...new Array<number>(8 - first.length - last.length).fill(0), ...last]
  return Uint8Array.from(groups.flatMap((group) => [group >> 8, group & 0xff]))
}
