import type {Answer, Call, Services} from '../../api/call.ts'
import {addDeviceCode, type StoredDeviceCode} from '../../store/device-codes.ts'
import {toFailureAnswer, unkept} from '../answer-failure.ts'
import {authenticateClient} from '../client/authenticate-client.ts'
import {kindWithoutRedirect} from '../client/kind-without-redirect.ts'
import {readCredentials} from '../client/read-credentials.ts'
import {requireClient} from '../client/require-client.ts'
import {findLoginTenant} from '../find-login-tenant.ts'
import {hashOf, newSecret} from '../new-secret.ts'
import {OAuthFailure} from '../oauth-failure.ts'
import {readForm} from '../read-fields.ts'
import {readScopes} from '../read-scopes.ts'

const lifetimeSeconds = 900
/** So long a device waits before it asks again. */
export const intervalSeconds = 5

/** POST /{tenant}/oauth2/v2.0/devicecode (RFC 8628, 3.1 and 3.2): a code to ask with, and one for the user to type. */
export async function answerDeviceCode(call: Call): Promise<Answer> {
  try {
    const {secret, userCode} = await newDeviceCode(call)
    const uri = `${call.url.origin}/common/oauth2/deviceauth`
    const body = {
      user_code: userCode,
      device_code: secret,
      verification_uri: uri,
      expires_in: lifetimeSeconds,
      interval: intervalSeconds,
      message: `To sign in, use a web browser to open the page ${uri} and enter the code ${userCode} to authenticate.`,
    }
    return {status: 200, headers: unkept, body}
  } catch (error) {
    if (error instanceof OAuthFailure) return toFailureAnswer(call, error)
    throw error
  }
}

async function newDeviceCode(call: Call): Promise<{secret: string; userCode: string}> {
  const {services, request} = call
  const fields = readForm(request)
  const tenant = await findLoginTenant(call)
  const credentials = readCredentials(request, fields)
  const client = await services.store.read((db) => requireClient(db, tenant?.id, credentials.clientId))
  kindWithoutRedirect(client, await authenticateClient(call, client, credentials))
  const scope = fields.get('scope')
  readScopes(scope)
  const secret = newSecret(services)
  const now = services.now()
  const code: Omit<StoredDeviceCode, 'userCode'> = {
    deviceCodeHash: hashOf(secret),
    tenantId: tenant?.id ?? null,
    appId: String(client.servicePrincipal.appId),
    scope,
    expiresDateTime: new Date(now.getTime() + lifetimeSeconds * 1000).toISOString(),
    lastPollDateTime: null,
    state: 'pending',
    grantId: null,
  }
  for (;;) {
    const userCode = newUserCode(services)
    if (await services.store.change((db) => addDeviceCode(db, {...code, userCode}, now))) return {secret, userCode}
  }
}

// 32 characters, none of which is easily taken for another; so every random byte gives one without bias.
const alphabet = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789'

const newUserCode = ({randomBytes}: Services): string =>
  Array.from(randomBytes(9), (byte) => alphabet[byte % alphabet.length]).join('')
