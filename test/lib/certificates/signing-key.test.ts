import {createPrivateKey, type KeyObject, randomBytes} from 'node:crypto'
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, beforeAll, describe, expect, test} from '@jest/globals'
import type {BaseBlock} from 'asn1js'
import type {SigningIdentity} from '../../../src/lib/certificates/create-self-signed.ts'
import {derivePkcs12Key} from '../../../src/lib/certificates/derive-pkcs12-key.ts'
import {keyMatches} from '../../../src/lib/certificates/key-matches.ts'
import {pkcs12Ids} from '../../../src/lib/certificates/pkcs12-ids.ts'
import {octetsOf, partAt, partsOf, readAsn1} from '../../../src/lib/certificates/read-asn1.ts'
import {readCertificates} from '../../../src/lib/certificates/read-certificates.ts'
import {readSigningKey} from '../../../src/lib/certificates/read-signing-key.ts'
import type {SigningCertificate} from '../../../src/lib/certificates/signing-certificate.ts'
import {embed, identifier, integer, octets, sequence, tagged, toDer} from '../../../src/lib/certificates/write-asn1.ts'
import {writePem} from '../../../src/lib/certificates/write-pem.ts'
import {writePfx} from '../../../src/lib/certificates/write-pfx.ts'
import {writePrivateKey} from '../../../src/lib/certificates/write-private-key.ts'
import {hasOpenssl, openssl} from '../../parts/openssl.ts'
import {rsaKey, signingIdentity} from '../../parts/signing-identity.ts'

const key = rsaKey()
const passphrase = 'pässword €'
const protection = {passphrase, randomBytes: (size: number) => Buffer.alloc(size, 5)}
const unprotected = {...protection, passphrase: undefined}
const folder = mkdtempSync(join(tmpdir(), 'fedctl-'))
afterAll(() => rmSync(folder, {recursive: true}))

let identity: SigningIdentity
let pfx: Buffer
beforeAll(async () => {
  identity = await signingIdentity(key)
  pfx = writePfx(identity, protection)
})

const readKey = (content: Uint8Array | string, word?: string): Promise<KeyObject> =>
  readSigningKey(content, {name: 'given', passphrase: word})
const same = async (reading: Promise<KeyObject>): Promise<boolean> => (await reading).equals(identity.privateKey)
const wrong = {code: 'KeyUnreadable', message: 'given cannot be opened: wrong passphrase.'}
const missing = {code: 'KeyUnreadable', message: 'given is protected by a passphrase, and none was given.'}

describe('a private key as PEM', () => {
  test('comes back with its passphrase only', async () => {
    const text = writePrivateKey(identity.privateKey, protection)
    expect(text).toMatch(/^-----BEGIN ENCRYPTED PRIVATE KEY-----\n(.{1,64}\n)+-----END ENCRYPTED PRIVATE KEY-----\n$/)
    expect(await same(readKey(text, passphrase))).toBe(true)
    await expect(readKey(text, 'other')).rejects.toMatchObject(wrong)
    await expect(readKey(text)).rejects.toMatchObject(missing)
  })

  test('is open when that is asked for', async () => {
    expect(await same(readKey(writePrivateKey(identity.privateKey, unprotected)))).toBe(true)
  })

  test('is refused when it is damaged or no key at all', async () => {
    const damaged = key.replace(/\n.{64}\n/, '\n')
    await expect(readKey(damaged)).rejects.toMatchObject({
      code: 'KeyUnreadable',
      message: 'given holds a private key with no valid content: it is damaged or cut short.',
    })
    await expect(readKey(writePem('CERTIFICATE', identity.certificate.der))).rejects.toMatchObject({
      code: 'KeyUnreadable',
      message: 'given holds no private key.',
    })
  })
})

describe('keyMatches', () => {
  test('knows the key of a certificate from another', () => {
    expect(keyMatches(identity.privateKey, identity.certificate)).toBe(true)
    expect(keyMatches(createPrivateKey(rsaKey(1024)), identity.certificate)).toBe(false)
  })
})

describe('a PFX', () => {
  test('gives key and certificate with its passphrase only', async () => {
    expect(await same(readKey(pfx, passphrase))).toBe(true)
    expect(await readCertificates(pfx.toString('base64'), {name: 'given', passphrase})).toEqual([identity.certificate])
    await expect(readKey(pfx, 'other')).rejects.toMatchObject(wrong)
    await expect(readCertificates(pfx, {name: 'given'})).rejects.toMatchObject(missing)
  })

  test('is the same for the same salts, and none of the key is readable in it', () => {
    expect(pfx.equals(writePfx(identity, protection))).toBe(true)
    expect(writePfx(identity, {passphrase, randomBytes}).equals(pfx)).toBe(false)
    const secret = Buffer.from(createPrivateKey(key).export({format: 'jwk'}).d ?? '', 'base64url')
    expect(pfx.includes(secret.subarray(0, 16))).toBe(false)
  })

  test('opens to everybody when that was asked for', async () => {
    expect(await same(readKey(writePfx(identity, unprotected)))).toBe(true)
  })

  test('without a MAC is opened by its passphrase only, too', async () => {
    const withoutMac = toDer(sequence(...partsOf(readAsn1(pfx)).slice(0, 2)))
    expect(await same(readKey(withoutMac, passphrase))).toBe(true)
    // One wrong key in 256 decrypts to a padding that looks right.
    await expect(readKey(withoutMac, 'other')).rejects.toMatchObject({code: 'KeyUnreadable'})
  })

  test('is read in the indefinite form that some exporters write', async () => {
    const [, , mac] = partsOf(readAsn1(pfx))
    const content = octetsOf(partAt(readAsn1(pfx), 1, 1, 0))
    const pieces = [content.subarray(0, 1000), content.subarray(1000)].map((piece) => toDer(octets(piece)))
    const indefinitely = (tag: number, ...parts: Buffer[]): Buffer =>
      Buffer.concat([Buffer.from([tag, 0x80]), ...parts, Buffer.from([0, 0])])
    const part = indefinitely(
      0x30,
      toDer(identifier('1.2.840.113549.1.7.1')),
      indefinitely(0xa0, indefinitely(0x24, ...pieces)),
    )
    const indefinite = indefinitely(0x30, toDer(integer(3)), part, mac === undefined ? Buffer.alloc(0) : toDer(mac))
    expect(await same(readKey(indefinite, passphrase))).toBe(true)
  })

  test('gives the certificate of its key before others, and says when there is no key', async () => {
    const other = (await signingIdentity(rsaKey(1024), {subject: 'CN=CA'})).certificate
    const bag = (id: string, value: BaseBlock): BaseBlock => sequence(identifier(id), tagged(0, value))
    const certificateBag = ({der}: SigningCertificate): BaseBlock =>
      bag(pkcs12Ids.certificateBag, bag(pkcs12Ids.x509Certificate, octets(der)))
    const keyBag = bag(pkcs12Ids.keyBag, embed(identity.privateKey.export({format: 'der', type: 'pkcs8'})))
    const open = (...bags: BaseBlock[]): Buffer => {
      const part = (content: BaseBlock): BaseBlock => bag(pkcs12Ids.data, octets(toDer(content)))
      return toDer(sequence(integer(3), part(sequence(part(sequence(...bags))))))
    }
    const certificates = [certificateBag(other), certificateBag(identity.certificate)]
    expect(await readCertificates(open(...certificates, keyBag), {name: 'given'})).toEqual([
      identity.certificate,
      other,
    ])
    expect(await readCertificates(open(...certificates), {name: 'given'})).toEqual([other, identity.certificate])
    await expect(readKey(open(...certificates))).rejects.toThrow('given holds no private key.')
  })

  test('is refused when it is cut short, or asks for endless work', async () => {
    await expect(readKey(pfx.subarray(0, 900), passphrase)).rejects.toMatchObject({
      code: 'KeyUnreadable',
      message: 'given holds a PFX that is damaged or cut short.',
    })
    const rounds = Buffer.from('0203030d40', 'hex') // INTEGER 200000, the rounds of the MAC
    const endless = Buffer.from(pfx)
    Buffer.from('02037fffff', 'hex').copy(endless, pfx.lastIndexOf(rounds))
    await expect(readKey(endless, passphrase)).rejects.toThrow('damaged')
  })
})

// From the reference vectors that circulate for PKCS #12: "smeg" and "queeg" with SHA-1.
test.each([
  ['smeg', 'encryption', '0a58cf64530d823f', 1, 24, '8aaae6297b6cb04642ab5b077851284eb7128f1a2a7fbca3'],
  ['smeg', 'initializationVector', '0a58cf64530d823f', 1, 8, '79993dfe048d3b76'],
  ['queeg', 'encryption', '05dec959acff72f7', 1000, 24, 'ed2034e36328830ff09df1e1a07dd357185dac0d4f9eb3d4'],
  ['queeg', 'initializationVector', '05dec959acff72f7', 1000, 8, '11dedad7758d4860'],
] as const)('derivePkcs12Key: %s, %s', (word, purpose, salt, iterations, size, expected) => {
  const derived = derivePkcs12Key(word, {hash: 'sha1', purpose, salt: Buffer.from(salt, 'hex'), iterations, size})
  expect(derived.toString('hex')).toBe(expected)
})

const describeOpenssl = hasOpenssl ? describe : describe.skip
describeOpenssl('with OpenSSL', () => {
  const path = (name: string): string => join(folder, name)
  const opened = (...args: string[]): string => openssl(folder, ...args, '-passin', 'file:word')
  beforeAll(() => {
    writeFileSync(path('word'), passphrase)
    writeFileSync(path('ours.pfx'), pfx)
    writeFileSync(path('ours.key'), writePrivateKey(identity.privateKey, protection))
    writeFileSync(path('key.pem'), key)
    writeFileSync(path('crt.pem'), writePem('CERTIFICATE', identity.certificate.der))
  })

  test('what we write is read by it', () => {
    const bags = opened('pkcs12', '-in', 'ours.pfx', '-nodes')
    expect(bags).toContain('friendlyName: CN=Token Signing - contoso.test')
    expect(bags).toContain(writePem('CERTIFICATE', identity.certificate.der))
    expect(bags).toContain(writePrivateKey(identity.privateKey, unprotected))
    expect(opened('pkey', '-in', 'ours.key')).toBe(key)
    writeFileSync(path('wrong'), 'wrong')
    expect(() => openssl(folder, 'pkcs12', '-in', 'ours.pfx', '-nodes', '-passin', 'file:wrong')).toThrow(
      'Mac verify error',
    )
  })

  const aes = ['-keypbe', 'AES-128-CBC', '-certpbe', 'AES-192-CBC', '-macalg', 'sha512']
  const windows = ['-keypbe', 'PBE-SHA1-3DES', '-certpbe', 'PBE-SHA1-3DES', '-macalg', 'sha1']
  const open = ['-keypbe', 'NONE', '-certpbe', 'NONE']
  test.each([[[]], [aes], [windows], [open]])('a PFX of its with %j is read by us', async (options) => {
    const made = [
      'pkcs12',
      '-export',
      '-inkey',
      'key.pem',
      '-in',
      'crt.pem',
      '-out',
      'theirs.pfx',
      '-passout',
      'file:word',
    ]
    openssl(folder, ...made, ...options)
    const theirs = readFileSync(path('theirs.pfx'))
    expect(await same(readKey(theirs, passphrase))).toBe(true)
    expect(await readCertificates(theirs, {name: 'given', passphrase})).toEqual([identity.certificate])
    await expect(readKey(theirs, 'other')).rejects.toMatchObject(wrong)
  })

  test.each([
    ['pkcs8', '-topk8', '-outform', 'DER'],
    ['pkcs8', '-topk8', '-v1', 'PBE-SHA1-3DES'],
    ['rsa', '-traditional', '-aes256'],
  ])('a key of its by %s %s %s is read by us', async (...words) => {
    openssl(folder, ...words, '-in', 'key.pem', '-out', 'theirs.key', '-passout', 'file:word')
    const theirs = readFileSync(path('theirs.key'))
    expect(await same(readKey(theirs, passphrase))).toBe(true)
    await expect(readKey(theirs, 'other')).rejects.toMatchObject(wrong)
    await expect(readKey(theirs)).rejects.toMatchObject(missing)
  })

  test('keys without encryption are read in each form', async () => {
    for (const words of [
      ['rsa', '-traditional'],
      ['rsa', '-traditional', '-outform', 'DER'],
      ['pkcs8', '-topk8', '-nocrypt', '-outform', 'DER'],
    ]) {
      openssl(folder, ...words, '-in', 'key.pem', '-out', 'theirs.key')
      expect(await same(readKey(readFileSync(path('theirs.key'))))).toBe(true)
    }
  })

  test('RC2, as old Windows exported, is refused with the way out', async () => {
    try {
      openssl(
        folder,
        'pkcs12',
        '-export',
        '-legacy',
        '-inkey',
        'key.pem',
        '-in',
        'crt.pem',
        '-out',
        'old.pfx',
        '-passout',
        'file:word',
      )
    } catch {
      return // this OpenSSL comes without its legacy provider
    }
    await expect(readKey(readFileSync(path('old.pfx')), passphrase)).rejects.toMatchObject({
      code: 'KeyUnreadable',
      message: 'given holds a PFX with an outdated encryption (1.2.840.113549.1.12.1.6).',
      hints: [expect.stringContaining('openssl pkcs12 -legacy')],
    })
  })
})
