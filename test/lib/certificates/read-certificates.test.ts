import {createPublicKey} from 'node:crypto'
import {existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, beforeAll, describe, expect, test} from '@jest/globals'
import fc from 'fast-check'
import {readCertificateFile} from '../../../src/lib/certificates/read-certificate-file.ts'
import {readCertificate, readCertificates} from '../../../src/lib/certificates/read-certificates.ts'
import type {SigningCertificate} from '../../../src/lib/certificates/signing-certificate.ts'
import {writeBase64, writePem} from '../../../src/lib/certificates/write-pem.ts'
import {hasOpenssl, openssl} from '../../parts/openssl.ts'
import {rsaKey, signingIdentity} from '../../parts/signing-identity.ts'

const key = rsaKey()
const folder = mkdtempSync(join(tmpdir(), 'fedctl-'))
afterAll(() => rmSync(folder, {recursive: true}))

let first: SigningCertificate
let second: SigningCertificate
beforeAll(async () => {
  first = (await signingIdentity(key)).certificate
  second = (await signingIdentity(key, {subject: 'CN=Next'})).certificate
})

const read = (content: Uint8Array | string): Promise<SigningCertificate[]> => readCertificates(content, {name: 'given'})

describe('readCertificates', () => {
  test('reads DER, base64 in one line and PEM of several, with other text and a key between', async () => {
    const pem = `Bag Attributes\n${key}\n${writePem('CERTIFICATE', first.der)}subject=x\n${writePem('X509 CERTIFICATE', second.der)}`
    expect(await read(first.der)).toEqual([first])
    expect(await read(writeBase64(first.der))).toEqual([first])
    expect(await read(pem)).toEqual([first, second])
    expect(await read(Buffer.from(`\uFEFF${pem}`, 'utf16le'))).toEqual([first, second])
    expect(await read(Buffer.from(`\uFEFF${writeBase64(first.der)}`))).toEqual([first])
  })

  test('a length byte that looks like the content of another kind is not taken for it', async () => {
    const serialNumber = Buffer.alloc(15, 7)
    const {certificate} = await signingIdentity(key, {subject: `CN=x, O=${'y'.repeat(20)}`, serialNumber})
    expect(Buffer.from(certificate.der).toString('hex', 4, 8)).toBe('30820206')
    expect(await read(certificate.der)).toEqual([certificate])
  })

  test('reads PEM and base64 with any line ends, widths and blanks around', async () => {
    const lineEnd = fc.constantFrom('\n', '\r\n', '\r')
    await fc.assert(
      fc.asyncProperty(lineEnd, fc.integer({min: 1, max: 100}), fc.boolean(), async (end, width, isPem) => {
        const body = (writeBase64(first.der).match(new RegExp(`.{1,${width}}`, 'g')) ?? []).join(end)
        const text = isPem
          ? ['-----BEGIN CERTIFICATE-----', body, '-----END CERTIFICATE-----'].join(end)
          : ` ${body}${end}`
        expect(await read(text)).toEqual([first])
        expect(readCertificate(text)).toEqual({ok: true, value: first})
      }),
      {numRuns: 50},
    )
  })

  test('refuses a certificate that is cut anywhere, whatever follows, with nothing but a FedctlError', async () => {
    const length = fc.integer({min: 0, max: first.der.length - 6})
    await fc.assert(
      fc.asyncProperty(length, fc.uint8Array({maxLength: 5}), async (at, bytes) => {
        const code = expect.stringMatching(/^(Certificate|Key)Unreadable$/)
        await expect(read(Buffer.concat([first.der.subarray(0, at), bytes]))).rejects.toMatchObject({code})
      }),
    )
  })

  test.each([
    ['', 'is empty'],
    ['   ', 'holds no certificate: it is neither PEM, nor DER, nor base64, nor PFX'],
    ['Hello, world', 'holds no certificate: it is neither PEM, nor DER, nor base64, nor PFX'],
    ['SGVsbG8=', 'holds no certificate: it is neither PEM, nor DER, nor base64, nor PFX'],
    ['<EntityDescriptor/>', 'holds no certificate: it is neither PEM, nor DER, nor base64, nor PFX'],
    ['-----BEGIN CERTIFICATE-----\nMIIB', 'holds a certificate that is damaged or cut short'],
    ['-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----', 'holds a certificate that is damaged or cut short'],
  ])('refuses %j', async (text, problem) => {
    await expect(read(text)).rejects.toMatchObject({code: 'CertificateUnreadable', message: `given ${problem}.`})
  })

  test('takes no bytes beyond the certificate for a part of it', async () => {
    await expect(read(Buffer.concat([first.der, first.der]))).rejects.toMatchObject({
      message: 'given holds a certificate that is damaged or cut short.',
    })
  })

  test('names a private key, a public key, and what to give instead', async () => {
    const spki = createPublicKey(key)
    await expect(read(key)).rejects.toMatchObject({
      message: 'given holds a private key, not a certificate.',
      hints: [expect.stringMatching(/^Give the certificate that belongs to the key/)],
    })
    for (const content of [spki.export({format: 'der', type: 'spki'}), spki.export({format: 'pem', type: 'pkcs1'})])
      await expect(read(content)).rejects.toMatchObject({message: 'given holds a public key, not a certificate.'})
  })

  const ifOpenssl = hasOpenssl ? test : test.skip
  ifOpenssl('tells apart what OpenSSL writes, in PEM and in DER', async () => {
    writeFileSync(join(folder, 'rsa.pem'), key)
    openssl(folder, 'ecparam', '-name', 'secp384r1', '-genkey', '-noout', '-out', 'ec.pem')
    const secret = ['-passout', 'pass:secret']
    const made: Record<string, string[]> = {
      'passphrase-protected private key': ['pkcs8', '-topk8', '-in', 'rsa.pem', ...secret],
      'private key': ['ec', '-in', 'ec.pem'],
      'certificate request': ['req', '-new', '-key', 'ec.pem', '-subj', '/CN=x'],
      'public key': ['pkey', '-in', 'ec.pem', '-pubout'],
    }
    for (const [kind, words] of Object.entries(made))
      for (const form of ['PEM', 'DER']) {
        openssl(folder, ...words, '-outform', form, '-out', 'made')
        await expect(readCertificateFile(join(folder, 'made'))).rejects.toMatchObject({
          message: `${join(folder, 'made')} holds a ${kind}, not a certificate.`,
        })
      }
    openssl(folder, 'rsa', '-in', 'rsa.pem', '-traditional', '-aes128', ...secret, '-out', 'old.pem')
    await expect(readCertificateFile(join(folder, 'old.pem'))).rejects.toThrow(
      'holds a passphrase-protected private key',
    )
    openssl(
      folder,
      'req',
      '-x509',
      '-key',
      'ec.pem',
      '-subj',
      '/C=DE/O=Föö, Inc/CN=EC',
      '-utf8',
      '-sha384',
      '-days',
      '9',
      '-out',
      'ec.crt',
    )
    expect(await readCertificateFile(join(folder, 'ec.crt'))).toMatchObject([
      {subject: 'CN=EC, O=Föö\\, Inc, C=DE', keyType: 'ec', keySize: 384, signatureAlgorithm: 'ecdsa-with-SHA384'},
    ])
    for (const form of ['PEM', 'DER']) {
      openssl(folder, 'crl2pkcs7', '-nocrl', '-certfile', 'ec.crt', '-outform', form, '-out', 'bundle.p7b')
      await expect(readCertificateFile(join(folder, 'bundle.p7b'))).rejects.toThrow(
        'holds a PKCS #7 bundle, not a certificate',
      )
    }
  })
})

describe('readCertificate', () => {
  test('refuses two certificates and a key where one certificate belongs', () => {
    expect(readCertificate(writePem('CERTIFICATE', first.der) + writePem('CERTIFICATE', second.der))).toEqual({
      ok: false,
      problem: 'it holds 2 certificates, not one',
    })
    expect(readCertificate(key)).toEqual({ok: false, problem: 'it holds a private key, not a certificate'})
    expect(readCertificate(' \n')).toEqual({ok: false, problem: 'it is empty'})
  })
})

describe('readCertificateFile', () => {
  const path = (name: string): string => join(folder, name)

  test('says what is wrong with a path', async () => {
    mkdirSync(path('folder'))
    writeFileSync(path('large'), Buffer.alloc(1024 * 1024 + 1))
    writeFileSync(path('text'), 'text')
    const cases = {
      absent: {code: 'FileMissing', message: `${path('absent')} does not exist.`},
      'text/below': {code: 'FileMissing', message: `${path('text/below')} does not exist.`},
      folder: {code: 'FileUnreadable', message: `${path('folder')} is a directory, not a file.`},
      large: {
        code: 'FileUnreadable',
        message: `${path('large')} is too large: a file of its kind has less than 1 MiB.`,
      },
    }
    for (const [name, error] of Object.entries(cases))
      await expect(readCertificateFile(path(name))).rejects.toMatchObject(error)
  })

  // Root may read everything.
  const ifNotRoot = process.getuid?.() === 0 ? test.skip : test
  ifNotRoot('says that a file is not permitted', async () => {
    writeFileSync(path('secret'), 'x', {mode: 0o000})
    await expect(readCertificateFile(path('secret'))).rejects.toMatchObject({
      code: 'FileUnreadable',
      message: `${path('secret')} cannot be read: you have no permission.`,
    })
  })

  const samples = join(process.cwd(), '..', 'shared', 'samples')
  const ifSamples = existsSync(samples) ? test : test.skip
  ifSamples('reads the certificates of other identity providers', async () => {
    expect(await readCertificateFile(join(samples, 'ssp-signing.crt'))).toMatchObject([
      {
        subject: 'CN=ADFS Signing - sts.contoso.test',
        thumbprint: '954E279D5A9AC33C259AEBC5D75C02E1C134DC20',
        keySize: 2048,
        notAfter: new Date('2036-11-18T17:05:09Z'),
      },
    ])
    const federation = readFileSync(join(samples, 'wsfed', 'ssp-FederationMetadata.xml'), 'utf8')
    const [, base64 = ''] = /X509Certificate>([^<]+)</.exec(federation) ?? []
    expect(readCertificate(base64)).toMatchObject({ok: true, value: {keyType: 'rsa'}})
  })
})
