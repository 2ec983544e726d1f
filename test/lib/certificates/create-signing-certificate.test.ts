import {X509Certificate} from 'node:crypto'
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, describe, expect, test} from '@jest/globals'
import fc from 'fast-check'
import {readSubject} from '../../../src/lib/certificates/read-subject.ts'
import {writePem} from '../../../src/lib/certificates/write-pem.ts'
import {hasOpenssl, openssl} from '../../parts/openssl.ts'
import {rsaKey, signingIdentity} from '../../parts/signing-identity.ts'

const key = rsaKey()
const folder = mkdtempSync(join(tmpdir(), 'fedctl-'))
afterAll(() => rmSync(folder, {recursive: true}))

describe('createSigningCertificate', () => {
  test('gives the same bytes for the same key, number, name and dates', async () => {
    const [one, two, other] = [
      await signingIdentity(key),
      await signingIdentity(key),
      await signingIdentity(key, {serialNumber: Buffer.alloc(16, 8)}),
    ]
    expect(one.certificate).toEqual(two.certificate)
    expect(other.certificate.thumbprint).not.toBe(one.certificate.thumbprint)
  })

  test('makes what was asked for, signed by itself', async () => {
    const {certificate, privateKey} = await signingIdentity(key, {subject: 'CN=Signing, O=Contoso, C=DE'})
    const x509 = new X509Certificate(certificate.der)
    expect(certificate).toMatchObject({
      subject: 'CN=Signing, O=Contoso, C=DE',
      issuer: 'CN=Signing, O=Contoso, C=DE',
      notBefore: new Date('2026-01-01T00:00:00Z'),
      notAfter: new Date('2026-12-31T00:00:00Z'),
      keyType: 'rsa',
      keySize: 2048,
      signatureAlgorithm: 'sha256WithRSAEncryption',
    })
    expect(x509.verify(x509.publicKey)).toBe(true)
    expect(x509.checkPrivateKey(privateKey)).toBe(true)
    expect(x509.ca).toBe(false)
    expect(x509.subject).toBe('C=DE\nO=Contoso\nCN=Signing')
  })

  test('has a positive serial number and dates beyond 2049', async () => {
    const {certificate} = await signingIdentity(key, {
      serialNumber: Buffer.alloc(20, 0xff),
      notAfter: new Date('2051-06-30T12:00:00.900Z'),
    })
    expect(new X509Certificate(certificate.der).serialNumber).toBe(`7F${'FF'.repeat(19)}`)
    expect(certificate.notAfter).toEqual(new Date('2051-06-30T12:00:00Z'))
    const zero = await signingIdentity(key, {serialNumber: Buffer.alloc(8)})
    expect(new X509Certificate(zero.certificate.der).serialNumber).toBe('4000000000000000')
  })

  test('refuses an end before the beginning, and a subject that is no name', async () => {
    for (const notAfter of [new Date('2026-01-01T00:00:00Z'), new Date('+010000-01-01'), new Date(Number.NaN)])
      await expect(signingIdentity(key, {notAfter})).rejects.toMatchObject({
        code: 'ValueMalformed',
        message: 'A certificate must end after it begins, and before the year 10000.',
      })
    await expect(signingIdentity(key, {subject: 'X=1'})).rejects.toMatchObject({
      code: 'ValueMalformed',
      message: '"X=1" is not a subject: X is none of its parts: CN, O, OU, L, ST, C, DC.',
    })
  })

  test('every name comes back from the certificate as it was given', async () => {
    const value = fc.stringMatching(/^[A-Za-z0-9äß€][A-Za-z0-9äß€ ,\\+"<>;=#-]{0,30}[A-Za-z0-9äß€]$/)
    const part = fc.record({type: fc.constantFrom('CN', 'O', 'OU', 'L', 'ST'), value})
    await fc.assert(
      fc.asyncProperty(fc.array(part, {minLength: 1, maxLength: 4}), async (parts) => {
        const subject = parts.map((one) => `${one.type}=${one.value.replaceAll(/[\\,]/g, '\\$&')}`).join(', ')
        const {certificate} = await signingIdentity(key, {subject})
        expect(readSubject(certificate.subject)).toEqual({ok: true, value: parts})
      }),
      {numRuns: 30},
    )
  })

  const ifOpenssl = hasOpenssl ? test : test.skip
  ifOpenssl('is read and verified by OpenSSL', async () => {
    const {certificate} = await signingIdentity(key, {
      notAfter: new Date('2126-12-31T00:00:00Z'),
      notBefore: new Date('2020-01-01T00:00:00Z'),
    })
    writeFileSync(join(folder, 'made.pem'), writePem('CERTIFICATE', certificate.der))
    expect(openssl(folder, 'verify', '-x509_strict', '-CAfile', 'made.pem', 'made.pem')).toBe('made.pem: OK\n')
    const text = openssl(folder, 'x509', '-in', 'made.pem', '-noout', '-text', '-fingerprint')
    expect(text).toMatch(/Basic Constraints: critical\s+CA:FALSE/)
    expect(text).toMatch(/Key Usage: critical\s+Digital Signature\n/)
    expect(text).toMatch(/Subject Key Identifier:\s+([0-9A-F]{2}:){19}/)
    expect(text.replaceAll(':', '')).toContain(certificate.thumbprint)
  })
})

describe('readSubject', () => {
  test.each([
    ['Token Signing', [{type: 'CN', value: 'Token Signing'}]],
    ['Contoso, Inc', [{type: 'CN', value: 'Contoso, Inc'}]],
    [
      ' cn = a , O=b\\, c ',
      [
        {type: 'CN', value: 'a'},
        {type: 'O', value: 'b, c'},
      ],
    ],
    [
      'DC=contoso,DC=test',
      [
        {type: 'DC', value: 'contoso'},
        {type: 'DC', value: 'test'},
      ],
    ],
  ])('reads %s', (text, parts) => expect(readSubject(text)).toEqual({ok: true, value: parts}))

  test.each([
    ['', 'CN has no value'],
    ['CN=', 'CN has no value'],
    ['CN=a,,O=b', 'it looks like CN=Token Signing, O=Contoso, C=DE'],
    ['CN=a\\', 'it looks like CN=Token Signing, O=Contoso, C=DE'],
    [`CN=${'x'.repeat(65)}`, 'CN has 65 characters, at most 64 are allowed'],
    ['CN=a, C=Germany', 'C has 7 characters, at most 2 are allowed'],
    ['C=D1', 'C is a country code of two letters'],
    ['DC=ä', 'DC holds other characters than ASCII'],
    ['CN=a\tb', 'CN holds a control character'],
    ['E=a@b.c', 'E is none of its parts: CN, O, OU, L, ST, C, DC'],
  ])('refuses "%s"', (text, problem) => expect(readSubject(text)).toEqual({ok: false, problem}))
})
