import {type KeyObject, X509Certificate} from 'node:crypto'
import type {SigningCertificate} from './signing-certificate.ts'

/** Whether this private key is the one of the certificate. */
export const keyMatches = (privateKey: KeyObject, certificate: SigningCertificate): boolean =>
  new X509Certificate(certificate.der).checkPrivateKey(privateKey)
