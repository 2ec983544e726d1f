import {claimTypes} from './claim.ts'

/** The namespaces of tokens and of what carries them. */
export const samlNames = {
  saml11: 'urn:oasis:names:tc:SAML:1.0:assertion',
  saml20: 'urn:oasis:names:tc:SAML:2.0:assertion',
  protocol: 'urn:oasis:names:tc:SAML:2.0:protocol',
  success: 'urn:oasis:names:tc:SAML:2.0:status:Success',
} as const

/** The namespaces of WS-Trust: that of February 2005, and 1.3. */
export const trustNamespaces: readonly string[] = [
  'http://schemas.xmlsoap.org/ws/2005/02/trust',
  'http://docs.oasis-open.org/ws-sx/ws-trust/200512',
]

/** The method by which whoever presents the token is its subject, in SAML 1.1 and 2.0. */
export const bearerMethods: readonly string[] = [
  'urn:oasis:names:tc:SAML:1.0:cm:bearer',
  'urn:oasis:names:tc:SAML:2.0:cm:bearer',
]

/** Under which types the directory reads a claim; `claimTypes` has the ones that are written. */
export const readClaimTypes = {
  immutableId: claimTypes.immutableId,
  /** SAML 1.1 as AD FS issues it, the general one, and the attribute of SAML 2.0. */
  userPrincipalName: [
    claimTypes.userPrincipalName,
    'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/upn',
    claimTypes.idpEmail,
  ],
  authenticationMethod: 'http://schemas.microsoft.com/ws/2008/06/identity/claims/authenticationmethod',
} as const

/** What the identity provider says when a second factor was shown. */
export const multipleAuthentication: readonly string[] = [
  'http://schemas.microsoft.com/claims/multipleauthn',
  'http://schemas.microsoft.com/claims/wiaormultiauthn',
]
