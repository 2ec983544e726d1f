import {X509Certificate} from 'node:crypto'
import {chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, beforeEach, describe, expect, test} from '@jest/globals'
import {createServerCertificate} from '../../../src/lib/certificates/create-server-certificate.ts'
import {type KeptCertificate, keepServerCertificate} from '../../../src/lib/certificates/keep-server-certificate.ts'
import {readServerIdentity} from '../../../src/lib/certificates/read-server-identity.ts'
import {writePem} from '../../../src/lib/certificates/write-pem.ts'
import {hasOpenssl, openssl} from '../../parts/openssl.ts'
import {rsaKey, signingIdentity} from '../../parts/signing-identity.ts'

const keys = [rsaKey(), rsaKey()] as const
const root = mkdtempSync(join(tmpdir(), 'fedctl-'))
afterAll(() => rmSync(root, {recursive: true}))

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(root, 'kept-'))
})

const names = ['localhost', '127.0.0.1', '::1', '2001:db8::ff00:42:8329', 'directory.contoso.com']

const made = () =>
  createServerCertificate({
    subject: 'CN=directory',
    keySize: 2048,
    notBefore: new Date('2026-01-01T00:00:00Z'),
    notAfter: new Date('2126-12-31T00:00:00Z'),
    serialNumber: Buffer.alloc(16, 7),
    generateKey: async () => ({privateKey: keys[0]}),
    names,
  })

describe('createServerCertificate', () => {
  test('makes a certificate for a TLS server of these names and no others', async () => {
    const x509 = new X509Certificate((await made()).certificate.der)
    expect(x509.subjectAltName).toBe(
      'DNS:localhost, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1, IP Address:2001:DB8:0:0:0:FF00:42:8329, DNS:directory.contoso.com',
    )
    expect(x509.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1'])
    expect(x509.ca).toBe(false)
    expect(x509.checkHost('contoso.com')).toBeUndefined()
  })

  const ifOpenssl = hasOpenssl ? test : test.skip
  ifOpenssl('is taken by OpenSSL as the certificate of a server, and of nothing else', async () => {
    writeFileSync(join(folder, 'made.pem'), writePem('CERTIFICATE', (await made()).certificate.der))
    const verify = (purpose: string): string =>
      openssl(
        folder,
        'verify',
        '-x509_strict',
        '-purpose',
        purpose,
        '-verify_hostname',
        'localhost',
        '-CAfile',
        'made.pem',
        'made.pem',
      )
    expect(verify('sslserver')).toBe('made.pem: OK\n')
    expect(() => verify('sslclient')).toThrow()
  })
})

describe('keepServerCertificate', () => {
  const keep = (wanted: Partial<KeptCertificate> = {}) => {
    let next = 0
    return keepServerCertificate({
      base: join(folder, 'server'),
      names: ['localhost'],
      uid: process.geteuid?.(),
      now: new Date('2026-11-21T12:00:00Z'),
      randomBytes: (size) => Buffer.alloc(size, 7),
      generateKey: async () => ({privateKey: keys[next++ === 0 ? 0 : 1]}),
      ...wanted,
    })
  }
  const daysOn = (days: number): Date => new Date(Date.parse('2026-11-21T12:00:00Z') + days * 24 * 60 * 60 * 1000)

  test('makes one for a year, its key for its owner alone, and finds it again', async () => {
    const first = await keep()
    expect(first.certificate.notAfter).toEqual(daysOn(365))
    expect(statSync(join(folder, 'server.key')).mode & 0o777).toBe(0o600)
    expect(readFileSync(first.file, 'utf8')).toBe(first.certificates)
    expect(readFileSync(first.file, 'utf8')).not.toContain('PRIVATE')
    expect(await keep({now: daysOn(334)})).toEqual(first)
  })

  test('makes another in the last 30 days, and when there is a new name; not when a name is gone', async () => {
    const first = await keep({names: ['localhost', '127.0.0.1', 'a.test']})
    expect((await keep({names: ['127.0.0.1']})).certificate.sha256).toBe(first.certificate.sha256)
    const other = await keep({names: ['localhost', 'b.test'], randomBytes: (size) => Buffer.alloc(size, 8)})
    expect(other.certificate.sha256).not.toBe(first.certificate.sha256)
    const later = await keep({names: ['b.test'], now: daysOn(336)})
    expect(later.certificate.sha256).not.toBe(other.certificate.sha256)
    expect(readFileSync(later.file, 'utf8')).toBe(later.certificates)
  })

  test('is one when two servers start at the same time', async () => {
    const randomBytes = [5, 6].map((fill) => (size: number) => Buffer.alloc(size, fill))
    const [one, two] = await Promise.all(randomBytes.map((bytes) => keep({randomBytes: bytes})))
    expect(two?.certificate.sha256).toBe(one?.certificate.sha256)
  })

  test('brings the certificate back when only it is gone', async () => {
    const {file} = await keep()
    rmSync(file)
    expect(readFileSync(file, {encoding: 'utf8', flag: 'a+'})).toBe('')
    expect(readFileSync((await keep()).file, 'utf8')).toContain('BEGIN CERTIFICATE')
  })

  test('refuses a key that others can read, and one that is damaged; leaves both', async () => {
    await keep()
    const key = join(folder, 'server.key')
    chmodSync(key, 0o640)
    await expect(keep()).rejects.toMatchObject({code: 'FileUnsafe'})
    chmodSync(key, 0o600)
    writeFileSync(key, 'nothing')
    await expect(keep()).rejects.toMatchObject({code: 'CertificateUnreadable'})
    expect(readFileSync(key, 'utf8')).toBe('nothing')
  })
})

describe('readServerIdentity', () => {
  test('reads a chain and its key, and refuses the key of another', async () => {
    const [own, authority] = await Promise.all(keys.map((key) => signingIdentity(key)))
    const [certificate, key, other] = ['chain.pem', 'own.key', 'other.key'].map((name) => join(folder, name)) as [
      string,
      string,
      string,
    ]
    const chain = [own, authority].map((one) => writePem('CERTIFICATE', one?.certificate.der ?? Buffer.of())).join('')
    writeFileSync(certificate, chain)
    writeFileSync(key, keys[0])
    writeFileSync(other, keys[1])
    expect(await readServerIdentity({certificate, key})).toEqual({
      certificates: chain,
      key: keys[0],
      certificate: own?.certificate,
      file: certificate,
    })
    await expect(readServerIdentity({certificate, key: other})).rejects.toMatchObject({
      code: 'KeyUnreadable',
      message: `${other} is not the key of the first certificate in ${certificate}.`,
    })
  })
})
