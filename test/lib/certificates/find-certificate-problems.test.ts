import {beforeAll, describe, expect, test} from '@jest/globals'
import {findCertificateProblems} from '../../../src/lib/certificates/find-certificate-problems.ts'
import {type SigningCertificate, toDaysLeft} from '../../../src/lib/certificates/signing-certificate.ts'
import {rsaKey, signingIdentity} from '../../parts/signing-identity.ts'

let certificate: SigningCertificate
beforeAll(async () => {
  certificate = (await signingIdentity(rsaKey())).certificate
})

const problems = (at: string, different: Partial<SigningCertificate> = {}): string[] =>
  findCertificateProblems({...certificate, ...different}, new Date(at)).map(({severity, code}) => `${severity} ${code}`)

describe('findCertificateProblems', () => {
  test('finds nothing in the middle of a good certificate', () => expect(problems('2026-06-01')).toEqual([]))

  test.each([
    ['2025-12-31T23:59:59.999Z', ['error CertificateNotYetValid']],
    ['2026-01-01T00:00:00Z', []],
    ['2026-12-01T00:00:00Z', []],
    ['2026-12-01T00:00:01Z', ['warning CertificateExpiresSoon']],
    ['2026-12-31T00:00:00Z', ['warning CertificateExpiresSoon']],
    ['2026-12-31T00:00:00.001Z', ['error CertificateExpired']],
  ])('at %s: %j', (at, codes) => expect(problems(at)).toEqual(codes))

  test('finds a short key, a key of another kind, a weak signature; all at once', () => {
    expect(problems('2026-06-01', {keySize: 2047})).toEqual(['error CertificateKeyTooShort'])
    expect(problems('2026-06-01', {keyType: 'ec', keySize: 256})).toEqual(['error CertificateKeyNotRsa'])
    for (const signatureAlgorithm of ['sha1WithRSAEncryption', 'md5WithRSAEncryption', 'ecdsa-with-SHA1'])
      expect(problems('2026-06-01', {signatureAlgorithm})).toEqual(['warning CertificateSignatureWeak'])
    expect(problems('2026-06-01', {signatureAlgorithm: 'sha512WithRSAEncryption'})).toEqual([])
    expect(problems('2027-06-01', {keySize: 1024, signatureAlgorithm: 'sha1WithRSAEncryption'})).toHaveLength(3)
  })

  test('says which certificate, what, and what to do', () => {
    expect(findCertificateProblems(certificate, new Date('2026-12-29T12:00:00Z'))).toEqual([
      {
        severity: 'warning',
        code: 'CertificateExpiresSoon',
        subject: 'CN=Token Signing - contoso.test',
        message: `The certificate CN=Token Signing - contoso.test (${certificate.thumbprint}) expires on 2026-12-31, in 1 day.`,
        hint: 'Have its successor ready and store it as the next signing certificate before that day.',
      },
    ])
  })
})

test('toDaysLeft counts whole days, down below zero', () => {
  const daysLeft = (at: string): number => toDaysLeft(certificate, new Date(at))
  expect([
    daysLeft('2026-12-29T00:00:00Z'),
    daysLeft('2026-12-29T00:00:01Z'),
    daysLeft('2026-12-31T00:00:01Z'),
  ]).toEqual([2, 1, -1])
})
