import type {SigningIdentity} from './create-self-signed.ts'
import type {Protection} from './passphrase-encryption.ts'
import type {KeyMaterialFile, KeyMaterialPlace} from './write-key-material.ts'
import {writeBase64, writePem} from './write-pem.ts'
import {writePfx} from './write-pfx.ts'
import {writePrivateKey} from './write-private-key.ts'

/** `pem` is two files, the private key and the certificate; `base64` is the certificate in one line, as Graph wants it. */
export const keyMaterialFormats = ['pem', 'der', 'base64', 'pfx'] as const
/** One of these formats. */
export type KeyMaterialFormat = (typeof keyMaterialFormats)[number]

const endings = {pem: ['.key', '.pem'], der: ['.cer'], base64: ['.base64'], pfx: ['.pfx']} as const
type Ending = (typeof endings)[KeyMaterialFormat][number]

/** Which files are wanted. */
export interface KeyMaterialRequest {
  /** Their path without the ending. */
  readonly base: string
  readonly formats: readonly KeyMaterialFormat[]
}

/** Where the files of a key that is yet to be made will be. */
export const toKeyMaterialPlaces = (request: KeyMaterialRequest): KeyMaterialPlace[] =>
  endingsOf(request).map((ending) => toPlace(request, ending))

/** The files of a key and its certificate: `.key` and `.pem`, `.cer`, `.base64`, `.pfx`. */
export const toKeyMaterial = (
  identity: SigningIdentity,
  request: KeyMaterialRequest & {protection: Protection},
): KeyMaterialFile[] =>
  endingsOf(request).map((ending) => ({
    ...toPlace(request, ending),
    content: contents[ending](identity, request.protection),
  }))

const endingsOf = ({formats}: KeyMaterialRequest): Ending[] =>
  [...new Set(formats)].flatMap((format): readonly Ending[] => endings[format])

const toPlace = ({base}: KeyMaterialRequest, ending: Ending): KeyMaterialPlace => ({
  path: base + ending,
  isPrivate: ending === '.key' || ending === '.pfx',
})

const contents: Record<Ending, (identity: SigningIdentity, protection: Protection) => Uint8Array | string> = {
  '.key': ({privateKey}, protection) => writePrivateKey(privateKey, protection),
  '.pem': ({certificate}) => writePem('CERTIFICATE', certificate.der),
  '.cer': ({certificate}) => certificate.der,
  '.base64': ({certificate}) => writeBase64(certificate.der),
  '.pfx': writePfx,
}
