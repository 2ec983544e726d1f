import {TokenRefusal} from '../../../saml/token-refusal.ts'
import type {VerifiedToken} from '../../../saml/verified-token.ts'

/** The certificate that signed it is valid now. Throws TokenRefusal. */
export function refuseExpiredCertificate({certificate}: VerifiedToken, now: Date): void {
  if (now < certificate.validFromDate || now > certificate.validToDate)
    throw new TokenRefusal('CertificateNotValid', 'the certificate that signed it has expired, or is not valid yet')
}
