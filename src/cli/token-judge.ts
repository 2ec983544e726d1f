import {X509Certificate} from 'node:crypto'
import {readCertificateFile} from '../lib/certificates/read-certificate-file.ts'
import {readCertificate} from '../lib/certificates/read-certificates.ts'
import {FedctlError} from '../lib/errors/fedctl-error.ts'
import type {DomainName} from '../lib/model/domain-name.ts'
import type {TokenRules} from '../lib/model/token-rules.ts'
import type {ExpectedToken} from '../lib/saml/expected-token.ts'
import type {PostedToken} from '../lib/saml/read-posted-token.ts'
import type {VerifiedToken} from '../lib/saml/verified-token.ts'
import {verifyToken} from '../lib/saml/verify-token.ts'
import type {Context} from './context.ts'
import {valueRead} from './flags/value.ts'

/** What the flags of a trust give. */
export interface TrustGiven {
  readonly domainName?: DomainName | undefined
  readonly certificate?: readonly string[] | undefined
  readonly issuer?: string | undefined
  readonly audience?: string | undefined
  readonly recipient?: string | undefined
  readonly requestId?: string | undefined
  readonly at?: Date | undefined
  readonly allowSha1?: boolean | undefined
}

/** Judges a token by one trust. */
export type TokenJudge = (posted: PostedToken) => Promise<VerifiedToken>

/** The judge of the trust that was given: a domain's, whose users count too, or a certificate and an issuer. */
export async function tokenJudge(context: Context, given: TrustGiven): Promise<TokenJudge> {
  const {domainName, certificate = [], issuer, audience, recipient, requestId, at = context.now(), allowSha1} = given
  if ((domainName === undefined) === (certificate.length === 0 && issuer === undefined))
    throw new FedctlError('Usage', 'A trust is needed: --domain-name, or --certificate with --issuer; not both.')
  const graph = domainName === undefined ? undefined : await context.graph()
  const trust =
    domainName === undefined || graph === undefined
      ? await trustOfFiles(certificate, issuer)
      : {
          ...trustOfSettings(domainName, await graph.federationSettings.find(domainName)),
          ...(await (await context.tokenRules()).find(domainName)),
        }
  const expected = withoutUndefined({
    ...{audience, requestId, allowSha1},
    recipients: recipient === undefined ? undefined : [recipient],
  })
  return async ({text, protocol}) => {
    const token = await verifyToken(text, {...trust, at, ...expected, ...withoutUndefined({protocol})})
    for (const warning of token.warnings) context.warn(`A token is accepted although ${warning}.`)
    if (domainName !== undefined && graph !== undefined) {
      const {verifyTokenAccount} = await import('../lib/federation/verify-token-account.ts')
      await verifyTokenAccount(token, domainName, graph)
    }
    return token
  }
}

type Trust = Pick<ExpectedToken, 'certificates' | 'issuer' | keyof TokenRules>

async function trustOfFiles(files: readonly string[], issuer: string | undefined): Promise<Trust> {
  if (files.length === 0 || issuer === undefined)
    throw new FedctlError('Usage', '--certificate and --issuer go together: both make the trust.')
  const found = await Promise.all(files.map((file) => readCertificateFile(file)))
  return {issuer, certificates: found.flat().map(({der}) => new X509Certificate(der))}
}

function trustOfSettings(
  domain: DomainName,
  settings: {issuerUri: string; signingCertificate?: string; nextSigningCertificate?: string} | undefined,
): Trust {
  if (settings === undefined)
    throw new FedctlError('NotFound', `The domain ${domain} is managed: it has no federation settings.`)
  const texts = [settings.signingCertificate, settings.nextSigningCertificate].filter((text) => text !== undefined)
  const certificates = texts.map((text) => valueRead(readCertificate(text), `The certificate of ${domain}`, 'readable'))
  return {issuer: settings.issuerUri, certificates: certificates.map(({der}) => new X509Certificate(der))}
}

type Given<Values> = {[Name in keyof Values]?: Exclude<Values[Name], undefined>}

const withoutUndefined = <Values extends object>(values: Values): Given<Values> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Given<Values>
