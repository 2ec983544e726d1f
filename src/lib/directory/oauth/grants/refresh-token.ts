import {findCode, findGrant, removeGrant, type StoredCode, type StoredGrant, useCode} from '../../store/oauth-grants.ts'
import type {Queries} from '../../store/schema.ts'
import {refuseProof, requireProof} from '../client/authenticate-client.ts'
import {hashOf} from '../new-secret.ts'
import {OAuthFailure} from '../oauth-failure.ts'
import {readScopes} from '../read-scopes.ts'
import {requireConsent} from '../require-consent.ts'
import {answerUser, type Redeemed} from './answer-user.ts'
import {newRefreshToken} from './new-refresh-token.ts'
import {redeem} from './redeem.ts'
import {requireGrantUser} from './require-grant-user.ts'
import type {TokenRequest} from './token-request.ts'

/** Renews what a user once gave (RFC 6749, 6): the token is replaced; one that comes twice was stolen, and ends all of them. */
export async function grantRefreshToken(request: TokenRequest): Promise<object> {
  const {call, fields} = request
  const codeHash = hashOf(fields.get('refresh_token'))
  const redeemed = await redeem(request, async (db) => {
    const code = await findCode(db, 'refresh', codeHash)
    const grant = code && (await findGrant(db, code.grantId))
    if (code === undefined || grant === undefined) return notValid()
    if (code.isUsed === 1) {
      await removeGrant(db, grant.id)
      return notValid()
    }
    return renew(db, request, {code, grant})
  })
  return answerUser(call, fields, redeemed)
}

const notValid = (): OAuthFailure =>
  new OAuthFailure('invalid_grant', 70000, 'The provided value for the input parameter refresh_token is not valid.')

async function renew(
  db: Queries,
  request: TokenRequest,
  {code, grant}: {readonly code: StoredCode; readonly grant: StoredGrant},
): Promise<Redeemed> {
  const {services} = request.call
  checkOwner(request, grant)
  if (new Date(code.expiresDateTime) <= services.now()) throw expired(grant)
  const {client, user} = await requireGrantUser(db, grant)
  Object.assign(request.attempt, {userId: user.id, userPrincipalName: user.userPrincipalName, tenantId: user.tenantId})
  const scopes = readScopes(request.fields.find('scope') ?? grant.scope)
  const consent = await requireConsent(db, {client, user}, scopes)
  await useCode(db, code.codeHash)
  const refreshToken = await newRefreshToken(db, services, {grant, before: code})
  return {client, user, grant, scopes, consent, refreshToken}
}

/** The one who asks is the one it was given to, and has proved that if it can. Throws OAuthFailure. */
export function checkOwner({client, tenant, proof}: TokenRequest, grant: StoredGrant): void {
  if (grant.clientKind === 'confidential') requireProof(proof)
  else refuseProof(proof)
  if (client.servicePrincipal.appId !== grant.appId)
    throw new OAuthFailure('invalid_grant', 70000, 'The provided grant was issued to another application.')
  if (tenant !== undefined && tenant.id !== grant.tenantId)
    throw new OAuthFailure('invalid_grant', 700005, 'The provided grant is intended to be used against another tenant.')
}

const expired = ({clientKind}: StoredGrant): OAuthFailure =>
  clientKind === 'page'
    ? new OAuthFailure(
        'invalid_grant',
        700084,
        'The refresh token was issued to a single page app (SPA), and therefore has a fixed, limited lifetime, which cannot be extended. It is now expired.',
      )
    : new OAuthFailure('invalid_grant', 700082, 'The refresh token has expired due to inactivity.')
