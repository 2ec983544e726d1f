import {type CertificateRequest, createSelfSigned, keyUsage, type SigningIdentity} from './create-self-signed.ts'

/** Makes a key and a self-signed certificate that may sign and nothing else. Fails as createSelfSigned does. */
export const createSigningCertificate = (request: CertificateRequest): Promise<SigningIdentity> =>
  createSelfSigned(request, [keyUsage(0x80, 7)])
