import {createPublicKey} from 'node:crypto'
import {type Answer, type Call, ok, parameter} from '../api/call.ts'
import {toFailureAnswer} from './answer-failure.ts'
import {findLoginTenant} from './find-login-tenant.ts'
import {readPrivateKey, toJwk} from './keys/new-key.ts'
import {listPublishedKeys} from './keys/signing-keys.ts'
import {OAuthFailure} from './oauth-failure.ts'
import {issuerOf} from './tokens/issuer.ts'

/** GET /{tenant}/v2.0/.well-known/openid-configuration (OpenID Connect discovery, 4): where everything is. */
export async function answerConfiguration(call: Call): Promise<Answer> {
  try {
    const tenant = await findLoginTenant(call)
    const {origin} = call.url
    // For any tenant the service writes this, to be filled in by whoever knows the tenant of a token.
    const base = `${origin}/${tenant?.id ?? parameter(call, 'tenant').toLowerCase()}`
    return ok({
      token_endpoint: `${base}/oauth2/v2.0/token`,
      token_endpoint_auth_methods_supported: ['client_secret_post', 'private_key_jwt', 'client_secret_basic'],
      jwks_uri: `${base}/discovery/v2.0/keys`,
      response_modes_supported: ['query', 'fragment', 'form_post'],
      subject_types_supported: ['pairwise'],
      id_token_signing_alg_values_supported: ['RS256'],
      response_types_supported: ['code'],
      grant_types_supported: grantTypes,
      code_challenge_methods_supported: ['S256'],
      scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
      issuer: issuerOf(origin, tenant?.id ?? '{tenantid}'),
      request_uri_parameter_supported: false,
      authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
      device_authorization_endpoint: `${base}/oauth2/v2.0/devicecode`,
      http_logout_supported: false,
      frontchannel_logout_supported: false,
      end_session_endpoint: `${base}/oauth2/v2.0/logout`,
      claims_supported: claims,
      tenant_region_scope: null,
      cloud_instance_name: 'microsoftonline.com',
      msgraph_host: 'graph.microsoft.com',
    })
  } catch (error) {
    if (error instanceof OAuthFailure) return toFailureAnswer(call, error)
    throw error
  }
}

const grantTypes = [
  'authorization_code',
  'client_credentials',
  'refresh_token',
  'urn:ietf:params:oauth:grant-type:device_code',
  'urn:ietf:params:oauth:grant-type:saml1_1-bearer',
  'urn:ietf:params:oauth:grant-type:saml2-bearer',
]
const claims = 'sub iss aud exp iat auth_time nonce preferred_username name tid ver email'.split(' ')

/** GET /{tenant}/discovery/v2.0/keys: the public parts of the keys that sign, will sign, or signed what still lives (RFC 7517). */
export async function answerKeys({services}: Call): Promise<Answer> {
  const keys = await listPublishedKeys(services)
  return ok({
    keys: keys.map(({kid, privateKey}) => {
      const {n, e} = toJwk(createPublicKey(readPrivateKey(privateKey)))
      return {kty: 'RSA', use: 'sig', alg: 'RS256', kid, n, e}
    }),
  })
}

/** GET /common/discovery/instance: under which names this directory is known, which is the one it was asked by. */
export async function answerInstance({url: {origin, host, searchParams}}: Call): Promise<Answer> {
  const wanted = searchParams.get('authorization_endpoint') ?? ''
  const [, tenant = 'common'] = /^https?:\/\/[^/]+\/([\w.-]+)\//.exec(wanted) ?? []
  return ok({
    tenant_discovery_endpoint: `${origin}/${tenant}/v2.0/.well-known/openid-configuration`,
    'api-version': '1.1',
    metadata: [{preferred_network: host, preferred_cache: host, aliases: [host]}],
  })
}
