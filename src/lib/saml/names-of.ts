import {multipleAuthentication, readClaimTypes} from './saml-names.ts'
import type {TokenClaims} from './token-claims.ts'

const valuesOf = ({attributes}: TokenClaims, wanted: string): readonly string[] =>
  attributes.filter(({type}) => type === wanted).flatMap(({values}) => values)

/**
 * The immutable id: the attribute of SAML 1.1; in SAML 2.0 the persistent NameID, in which characters of base64 that HTML knows may be
 * written as a point and two hex digits.
 */
export function immutableIdOf(claims: TokenClaims): string | undefined {
  const [attribute] = valuesOf(claims, readClaimTypes.immutableId)
  if (claims.version === '1.1') return attribute || undefined
  const [subject] = claims.subjects
  return subject?.format === 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent'
    ? subject.nameId?.replaceAll(/\.(2B|2F|3D)/gi, (_all, code: string) =>
        String.fromCharCode(Number.parseInt(code, 16)),
      )
    : undefined
}

/** The user principal name, in Unicode's composed form. */
export const userPrincipalNameOf = (claims: TokenClaims): string | undefined =>
  readClaimTypes.userPrincipalName.flatMap((type) => valuesOf(claims, type))[0]?.normalize('NFC') || undefined

/** Everything in it that says who the user is. */
export const namesOf = (claims: TokenClaims): string[] =>
  [
    ...claims.subjects.map(({nameId}) => nameId),
    ...[readClaimTypes.immutableId, ...readClaimTypes.userPrincipalName].flatMap((type) => valuesOf(claims, type)),
  ].filter((name) => name !== undefined)

/** Whether it says that a second factor was shown; in SAML 2.0 attributes do not count. */
export function hasMultipleAuthentication(claims: TokenClaims): boolean {
  const methods = claims.authentications.map(({method}) => method ?? '')
  return claims.version === '2.0'
    ? methods.includes(multipleAuthentication[0] ?? '')
    : [...methods, ...valuesOf(claims, readClaimTypes.authenticationMethod)].some((method) =>
        multipleAuthentication.includes(method),
      )
}
