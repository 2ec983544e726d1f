import {statSync} from 'node:fs'
import {join} from 'node:path'
import type {SigningKeySize} from '../lib/certificates/create-self-signed.ts'
import {createSigningCertificate} from '../lib/certificates/create-signing-certificate.ts'
import type {SigningCertificate} from '../lib/certificates/signing-certificate.ts'
import {type KeyMaterialRequest, toKeyMaterial} from '../lib/certificates/to-key-material.ts'
import {writeKeyMaterial} from '../lib/certificates/write-key-material.ts'
import type {Context} from './context.ts'

/** A certificate that is wanted in files. */
export interface WantedCertificate extends KeyMaterialRequest {
  readonly subject: string
  readonly keySize: SigningKeySize
  readonly validDays: number
  readonly overwrite: boolean
  /** Undefined leaves the private key open. */
  readonly passphrase: string | undefined
}

const day = 24 * 60 * 60 * 1000
const clockDifference = 10 * 60 * 1000

/** Where files of this name go: the path as their beginning, or in it when it is a folder, or meant as one. */
export function keyMaterialBase(path: string | undefined, name: string): string {
  if (path === undefined) return name
  const isFolder = /[\\/]$/.test(path) || (statSync(path, {throwIfNoEntry: false})?.isDirectory() ?? false)
  return isFolder ? join(path, name) : path
}

/** Makes a signing key and its certificate and writes their files, all or none; says which, and which of them others may be able to read. */
export async function makeKeyMaterial(context: Context, wanted: WantedCertificate): Promise<SigningCertificate> {
  const {now, generateKey, randomBytes, terminal, warn} = context
  // Valid from a little earlier on: the clocks of those who check its tokens may be behind.
  const notBefore = new Date(now().getTime() - clockDifference)
  const notAfter = new Date(now().getTime() + wanted.validDays * day)
  const identity = await createSigningCertificate({
    ...wanted,
    notBefore,
    notAfter,
    serialNumber: randomBytes(16),
    generateKey,
  })
  const files = toKeyMaterial(identity, {...wanted, protection: {passphrase: wanted.passphrase, randomBytes}})
  const readable = await writeKeyMaterial(files, wanted.overwrite)
  terminal.writeError(`Written: ${files.map(({path}) => path).join(', ')}\n`)
  for (const path of readable)
    warn(`${path} could not be kept from other users of this machine: move it to a safe place.`)
  return identity.certificate
}
