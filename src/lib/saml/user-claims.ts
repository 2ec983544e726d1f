import {authenticationMethods, type Claim, claimTypes} from './claim.ts'

/** A user, as a token for the directory has to name one. */
export interface TokenUser {
  readonly immutableId: string
  readonly userPrincipalName?: string | undefined
  /** Whether more than one factor was asked for. */
  readonly multiFactor: boolean
}

/**
 * What the directory wants to hear of a user: UPN and immutable id by WS-Federation, by SAML 2.0 the UPN alone, because there the name
 * identifier is the immutable id. `others` come after, and replace those of their type.
 */
export function userClaims(user: TokenUser, protocol: 'WsFed' | 'Samlp', others: readonly Claim[] = []): Claim[] {
  const own = protocol === 'WsFed' ? claimsByWsFederation(user) : claimsBySaml(user)
  const replaced = new Set(others.map(({type}) => type))
  return [...own.filter(({type}) => !replaced.has(type)), ...others]
}

function claimsByWsFederation({immutableId, userPrincipalName, multiFactor}: TokenUser): Claim[] {
  return [
    ...claim(claimTypes.userPrincipalName, userPrincipalName),
    ...claim(claimTypes.immutableId, immutableId),
    ...claim(
      claimTypes.authenticationMethodsReferences,
      multiFactor ? authenticationMethods.multipleFactors : undefined,
    ),
  ]
}

/** Of the factors the class of the authentication speaks, and nothing else counts. */
const claimsBySaml = ({userPrincipalName}: TokenUser): Claim[] => claim(claimTypes.idpEmail, userPrincipalName)

const claim = (type: string, value: string | undefined): Claim[] => (value === undefined ? [] : [{type, value}])
