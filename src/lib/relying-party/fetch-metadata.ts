import {FedctlError} from '../errors/fedctl-error.ts'
import {readSmallFile} from '../files/read-small-file.ts'
import type {Transport} from '../http/transport.ts'

/** How metadata is got that is not a file. */
export interface MetadataAccess {
  readonly transport: Transport
  /** Also by http, where anybody on the way can put in a certificate of his own; labs need it, also on this machine. */
  readonly allowHttp: boolean
}

/** Whether metadata is at an address; else its source is a path. */
export const isMetadataAddress = (source: string): boolean => /^https?:\/\//i.test(source)

/**
 * The text of federation metadata, from a file (UTF-8, or UTF-16 as PowerShell writes it) or an https address; redirects are not followed.
 * Fails with `Usage` for http that was not allowed, `Unreachable`, `ServiceFailure` for any status but 200, or as reading a file fails.
 */
export async function fetchMetadata(source: string, {transport, allowHttp}: MetadataAccess): Promise<string> {
  if (!isMetadataAddress(source)) return decode(await readSmallFile(source, 4))
  if (!URL.canParse(source)) throw new FedctlError('ValueMalformed', `"${source}" is not a URL.`)
  if (!allowHttp && !/^https:/i.test(source)) {
    throw new FedctlError('Usage', `${source} is not protected: anybody on the way could change what it says.`, {
      hints: ['Use https, or give --allow-http in a lab.'],
    })
  }
  const {status, headers, body} = await transport({method: 'GET', url: source, headers: {accept: 'application/xml'}})
  if (status === 200) return body
  const {location} = headers
  throw new FedctlError('ServiceFailure', `${source} answered with status ${status}, not with metadata.`, {
    hints: [
      location === undefined ? 'Check the address.' : `It points to ${location}: give that address if it is yours.`,
    ],
  })
}

const decode = (bytes: Buffer): string =>
  bytes[0] === 0xff && bytes[1] === 0xfe ? bytes.subarray(2).toString('utf16le') : bytes.toString('utf8')
