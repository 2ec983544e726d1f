import type {SigningCertificate} from './signing-certificate.ts'

/** What a TLS server shows and proves, as PEM. */
export interface ServerIdentity {
  /** The server's own certificate first, then those that lead to its root. */
  readonly certificates: string
  readonly key: string
  /** The server's own certificate. */
  readonly certificate: SigningCertificate
  /** Where the certificates are, for clients that have to be told to trust them. */
  readonly file: string
}
