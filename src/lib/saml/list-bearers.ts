import type {BearerConfirmation, TokenClaims} from './token-claims.ts'

/** The conditions under which its subject is confirmed as the bearer; SAML 1.1 has none. */
export const listBearers = ({subjects}: TokenClaims): BearerConfirmation[] =>
  subjects.flatMap(({confirmations}) =>
    confirmations.map(({bearer}) => bearer).filter((bearer) => bearer !== undefined),
  )
