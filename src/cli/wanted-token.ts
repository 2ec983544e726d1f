import {FedctlError} from '../lib/errors/fedctl-error.ts'
import {type DomainTrust, getTrust} from '../lib/federation/get-trust.ts'
import type {User} from '../lib/model/user.ts'
import {upnSuffix} from '../lib/model/user-principal-name.ts'
import {cloudReplyAddress} from '../lib/relying-party/relying-party.ts'
import {authenticationMethods, type Claim} from '../lib/saml/claim.ts'
import type {TokenForm} from '../lib/saml/sign-token.ts'
import type {SamlVersion, TokenContent} from '../lib/saml/token-content.ts'
import type {TrustVersion} from '../lib/saml/token-response.ts'
import {userClaims} from '../lib/saml/user-claims.ts'
import type {Context} from './context.ts'
import {toKebabCase} from './flags/parameters.ts'

/** The flags of new-token. */
export interface TokenGiven {
  readonly user: string | undefined
  readonly domainName?: string | undefined
  readonly immutableId?: string | undefined
  readonly claim?: readonly Claim[] | undefined
  readonly issuer?: string | undefined
  readonly audience: string
  readonly notBefore?: Date | undefined
  readonly lifetimeMinutes: number
  readonly multiFactor: boolean
  readonly recipient?: string | undefined
  readonly requestId?: string | undefined
  readonly protocol?: 'WsFed' | 'Samlp' | undefined
  readonly trustVersion?: TrustVersion | undefined
  readonly samlVersion?: SamlVersion | undefined
  readonly signResponse: boolean
}

/** A token as it is wanted, before it is signed. */
export interface WantedToken {
  readonly content: TokenContent
  readonly form: TokenForm
  readonly userPrincipalName?: string
  /** The trust it is made for; absent when the issuer was just given. */
  readonly trust?: DomainTrust & {readonly domain: string}
}

/** Puts the wanted token together, of what was given and what the directory knows; the directory is asked only for what was not given. */
export async function readWantedToken(context: Context, given: TokenGiven): Promise<WantedToken> {
  const user = given.user === undefined ? undefined : await (await context.graph()).users.get(given.user)
  const domain =
    given.domainName ?? (given.issuer === undefined ? user && upnSuffix(user.userPrincipalName) : undefined)
  const trust = domain === undefined ? undefined : {domain, ...(await getTrust(await context.graph(), domain))}
  const issuer = given.issuer ?? trust?.settings.issuerUri
  if (issuer === undefined) throw new FedctlError('Usage', 'new-token needs a user, --domain-name or --issuer.')
  const form = toTokenForm(given, given.protocol ?? trust?.settings.preferredAuthenticationProtocol ?? 'WsFed')
  const immutableId = given.immutableId ?? immutableIdOf(user)
  const {userPrincipalName} = user ?? {}
  const {notBefore = context.now(), multiFactor, audience, recipient = cloudReplyAddress, requestId} = given
  const content = {
    ...{issuer, audience, recipient, requestId, notBefore},
    nameId: immutableId,
    claims: userClaims({immutableId, userPrincipalName, multiFactor}, form.protocol, given.claim),
    authenticationMethod: multiFactor ? authenticationMethods.multipleFactors : authenticationMethods.password,
    notOnOrAfter: new Date(notBefore.getTime() + given.lifetimeMinutes * 60_000),
  }
  return {content, form, ...(userPrincipalName && {userPrincipalName}), ...(trust && {trust})}
}

function immutableIdOf(user: User | undefined): string {
  const {userPrincipalName, immutableId} = user ?? {}
  if (immutableId !== undefined) return immutableId
  if (userPrincipalName === undefined) throw new FedctlError('Usage', 'new-token needs a user or --immutable-id.')
  throw new FedctlError('Refused', `${userPrincipalName} has no immutable id, by which a token names its user.`, {
    hints: [`Set one: fedctl set-user ${userPrincipalName} --immutable-id ID. Or give any with --immutable-id.`],
  })
}

function toTokenForm(given: TokenGiven, protocol: 'WsFed' | 'Samlp'): TokenForm {
  const {samlVersion = '1.1', trustVersion = '2005', signResponse} = given
  const isSaml2 = protocol === 'Samlp' || samlVersion === '2.0'
  const meaningless = [
    ...(protocol === 'Samlp' ? (['samlVersion', 'trustVersion'] as const) : (['signResponse'] as const)),
    ...(isSaml2 ? [] : (['recipient', 'requestId'] as const)),
  ].filter((name) => given[name] !== undefined && given[name] !== false)
  if (meaningless[0] !== undefined)
    throw new FedctlError('Usage', `--${toKebabCase(meaningless[0])} means nothing in a token of this form.`, {
      hints: [
        `The form is ${protocol}${protocol === 'WsFed' ? `, SAML ${samlVersion}` : ''}: --protocol chooses another.`,
      ],
    })
  return protocol === 'WsFed' ? {protocol, samlVersion, trustVersion} : {protocol, signResponse}
}
