import {createHash, timingSafeEqual} from 'node:crypto'
import {findCode, findGrant, removeGrant, type StoredCode, type StoredGrant, useCode} from '../../store/oauth-grants.ts'
import type {Queries} from '../../store/schema.ts'
import {hashOf} from '../new-secret.ts'
import {OAuthFailure} from '../oauth-failure.ts'
import {readScopes} from '../read-scopes.ts'
import {requireConsent} from '../require-consent.ts'
import {answerUser, type Redeemed} from './answer-user.ts'
import {newRefreshToken} from './new-refresh-token.ts'
import {redeem} from './redeem.ts'
import {checkOwner} from './refresh-token.ts'
import {requireGrantUser} from './require-grant-user.ts'
import type {TokenRequest} from './token-request.ts'

/** What a browser brought back (RFC 6749, 4.1.3; RFC 7636, 4.6): once; the second time takes back what the first one gave. */
export async function grantAuthorizationCode(request: TokenRequest): Promise<object> {
  const {call, fields} = request
  const codeHash = hashOf(fields.get('code'))
  const redeemed = await redeem(request, async (db) => {
    const code = await findCode(db, 'authorization', codeHash)
    const grant = code && (await findGrant(db, code.grantId))
    if (code === undefined || grant === undefined)
      return invalid(70000, 'The provided value for the input parameter code is not valid.')
    if (code.isUsed === 1) {
      await removeGrant(db, grant.id)
      return invalid(
        54005,
        'OAuth2 Authorization code was already redeemed, please retry with a new valid code or use an existing refresh token.',
      )
    }
    return use(db, request, {code, grant})
  })
  return answerUser(call, fields, redeemed)
}

async function use(
  db: Queries,
  request: TokenRequest,
  {code, grant}: {readonly code: StoredCode; readonly grant: StoredGrant},
): Promise<Redeemed> {
  const {fields, call} = request
  const {services} = call
  checkOwner(request, grant)
  if (new Date(code.expiresDateTime) <= services.now())
    throw invalid(
      70008,
      'The provided authorization code or refresh token has expired due to inactivity. Send a new interactive authorization request for this user and resource.',
    )
  if (fields.get('redirect_uri') !== code.redirectUri)
    throw invalid(
      500112,
      'The reply address does not match the reply address provided when requesting Authorization code.',
    )
  checkVerifier(code, fields.find('code_verifier'))
  const {client, user} = await requireGrantUser(db, grant)
  Object.assign(request.attempt, {userId: user.id, userPrincipalName: user.userPrincipalName, tenantId: user.tenantId})
  const scopes = readScopes(grant.scope)
  const consent = await requireConsent(db, {client, user}, scopes)
  await useCode(db, code.codeHash)
  const refreshToken = scopes.offlineAccess ? await newRefreshToken(db, services, {grant}) : undefined
  return {client, user, grant, scopes, consent, refreshToken, nonce: code.nonce}
}

/** Who brings the code is who asked for it. A verifier without a challenge is refused as well: somebody may have left the challenge out. */
function checkVerifier({codeChallenge}: StoredCode, verifier: string | undefined): void {
  if (codeChallenge === null && verifier === undefined) return
  const given = Buffer.from(
    createHash('sha256')
      .update(verifier ?? '')
      .digest('base64url'),
  )
  const wanted = Buffer.from(codeChallenge ?? '')
  if (verifier === undefined || given.length !== wanted.length || !timingSafeEqual(given, wanted))
    throw invalid(501481, 'The Code_Verifier does not match the code_challenge supplied in the authorization request.')
}

const invalid = (aadsts: number, message: string): OAuthFailure => new OAuthFailure('invalid_grant', aadsts, message)
