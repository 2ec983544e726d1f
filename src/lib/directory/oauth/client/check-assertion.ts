import {createHash, X509Certificate} from 'node:crypto'
import type {Call} from '../../api/call.ts'
import {listKeys} from '../../store/application-credentials.ts'
import {type Client, ownersOf} from '../../store/clients.ts'
import {OAuthFailure} from '../oauth-failure.ts'
import {issuerOf} from '../tokens/issuer.ts'

/** Longer than this an assertion must not be good for, whatever it says of itself. */
const longestSeconds = 600
/** How far the clocks may differ. */
const skewSeconds = 180

const invalid = (aadsts: number, message: string): OAuthFailure => new OAuthFailure('invalid_client', aadsts, message)

/**
 * A token that the application has signed itself (RFC 7523, 3) with the key of a certificate it has, for this directory. It may come more
 * than once while it is valid: clients keep it so long. Throws OAuthFailure.
 */
export async function checkAssertion(call: Call, client: Client, assertion: string): Promise<void> {
  const {jwtVerify, decodeProtectedHeader, errors} = await import('jose')
  const {appId, tenantId} = client.servicePrincipal
  const now = call.services.now()
  const {publicKey} = await findCertificate(call, client, readHeader(decodeProtectedHeader, assertion))
  const {origin, pathname} = call.url
  try {
    const {payload} = await jwtVerify(assertion, publicKey, {
      algorithms: ['RS256', 'PS256'],
      issuer: String(appId),
      subject: String(appId),
      audience: [`${origin}${pathname}`, `${origin}/${tenantId}/oauth2/v2.0/token`, issuerOf(origin, tenantId)],
      currentDate: now,
      clockTolerance: skewSeconds,
      requiredClaims: ['exp'],
    })
    if ((payload.exp ?? 0) * 1000 > now.getTime() + (longestSeconds + skewSeconds) * 1000)
      throw invalid(700024, 'Client assertion is not within its valid time range: it is valid for too long.')
  } catch (error) {
    if (error instanceof OAuthFailure) throw error
    if (error instanceof errors.JWTExpired) throw outOfTime()
    if (error instanceof errors.JWTClaimValidationFailed) throw toFailure(error.claim)
    throw invalid(700027, 'Client assertion failed signature validation.')
  }
}

const outOfTime = (): OAuthFailure => invalid(700024, 'Client assertion is not within its valid time range.')

function toFailure(claim: string): OAuthFailure {
  if (claim === 'aud') return invalid(700023, 'Client assertion audience claim does not match Realm issuer.')
  if (claim === 'iss' || claim === 'sub')
    return invalid(700021, "Client assertion application identifier doesn't match 'client_id' parameter.")
  return outOfTime()
}

interface Thumbprints {
  readonly x5t?: unknown
  readonly 'x5t#S256'?: unknown
}

function readHeader(decode: (token: string) => object, assertion: string): Thumbprints {
  try {
    return decode(assertion)
  } catch {
    throw invalid(50027, 'JWT token is invalid or malformed.')
  }
}

/** The certificate of the application that the header names by a thumbprint (RFC 7515, 4.1.7 and 4.1.8): what the header carries is not looked at. */
async function findCertificate({services}: Call, client: Client, header: Thumbprints): Promise<X509Certificate> {
  const [algorithm, wanted] =
    header['x5t#S256'] === undefined ? (['sha1', header.x5t] as const) : (['sha256', header['x5t#S256']] as const)
  const keys = await services.store.read((db) => listKeys(db, ownersOf(client)))
  const found = keys.find(
    ({certificate}) => createHash(algorithm).update(Buffer.from(certificate, 'base64')).digest('base64url') === wanted,
  )
  const now = services.now()
  if (found === undefined)
    throw invalid(
      700027,
      'The certificate with identifier used to sign the client assertion is not registered on application.',
    )
  if (new Date(found.startDateTime) > now || new Date(found.endDateTime) <= now)
    throw invalid(700027, 'Client assertion failed signature validation: the key was expired, or is not valid yet.')
  return new X509Certificate(Buffer.from(found.certificate, 'base64'))
}
