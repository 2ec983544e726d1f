import {generateKeyPairSync} from 'node:crypto'
import type {CertificateRequest, SigningIdentity} from '../../src/lib/certificates/create-self-signed.ts'
import {createSigningCertificate} from '../../src/lib/certificates/create-signing-certificate.ts'

/** A private RSA key as PEM; one for a whole test file, because making one takes a while. */
export const rsaKey = (modulusLength = 2048): string =>
  generateKeyPairSync('rsa', {
    modulusLength,
    publicKeyEncoding: {type: 'spki', format: 'pem'},
    privateKeyEncoding: {type: 'pkcs8', format: 'pem'},
  }).privateKey

/** A certificate of this key for the year 2026, made by our own code; what matters to a test is given as `wanted`. */
export const signingIdentity = (
  privateKey: string,
  wanted: Partial<CertificateRequest> = {},
): Promise<SigningIdentity> =>
  createSigningCertificate({
    subject: 'CN=Token Signing - contoso.test',
    keySize: 2048,
    notBefore: new Date('2026-01-01T00:00:00Z'),
    notAfter: new Date('2026-12-31T00:00:00Z'),
    serialNumber: Buffer.alloc(16, 7),
    generateKey: async () => ({privateKey}),
    ...wanted,
  })
