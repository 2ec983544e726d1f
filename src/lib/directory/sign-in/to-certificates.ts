import {X509Certificate} from 'node:crypto'
import type {StoredFederation} from '../store/federations.ts'

/** The certificates of a trust, the current one first. What is stored was read as a certificate when it came. */
export const toCertificates = ({
  signingCertificate,
  nextSigningCertificate,
}: Pick<StoredFederation, 'signingCertificate' | 'nextSigningCertificate'>): X509Certificate[] =>
  [signingCertificate, nextSigningCertificate]
    .filter((one) => one !== null)
    .map((base64) => new X509Certificate(Buffer.from(base64, 'base64')))
