import type {Answer, Call} from '../../api/call.ts'
import {findDeviceCode} from '../../store/device-codes.ts'
import {describe} from '../answer-failure.ts'
import {newOAuthAttempt} from '../new-oauth-attempt.ts'
import {OAuthFailure} from '../oauth-failure.ts'
import {continueRequest} from '../pages/continue-request.ts'
import {findAuthentication} from '../pages/find-authentication.ts'
import {beginTry, endTry} from '../pages/lockout.ts'
import {renderName} from '../pages/login-pages.ts'
import {beginRequest} from '../pages/pending-request.ts'
import {renderForm} from '../pages/render-form.ts'
import {renderFailure} from '../pages/render-notice.ts'
import {readForm} from '../read-fields.ts'
import type {DeviceRequest} from './device-request.ts'

/** GET /{tenant}/oauth2/deviceauth (RFC 8628, 3.3): asks for the code that a device shows. */
export const answerDevicePage = async (): Promise<Answer> => renderCode()

const renderCode = (problem?: string): Answer =>
  renderForm(
    {
      title: 'Enter code',
      texts: ['Enter the code displayed on your app or device. Do not enter codes from sources you do not trust.'],
      problem,
      action: '/common/oauth2/deviceauth',
      inputs: [{name: 'otc', label: 'Code', autocomplete: 'off'}],
      buttons: [{label: 'Next'}],
    },
    problem === undefined ? 200 : 400,
  )

/** POST /{tenant}/oauth2/deviceauth: the code that somebody typed. */
export async function answerTypedCode(call: Call): Promise<Answer> {
  try {
    const fields = readForm(call.request)
    const wanted = await findTyped(call, fields.find('otc') ?? '')
    return wanted instanceof OAuthFailure ? renderCode(describe(wanted)) : await signInFor(call, wanted)
  } catch (error) {
    if (error instanceof OAuthFailure) return renderFailure(error, call.correlationId)
    throw error
  }
}

/** What the device with this code wants. Codes are short: whoever types too many wrong ones has to wait. */
async function findTyped({services, request}: Call, typed: string): Promise<DeviceRequest | OAuthFailure> {
  const userCode = typed.replaceAll(/[\s-]/g, '').toUpperCase()
  const trier = {address: request.remoteAddress}
  await beginTry(services, trier)
  return services.store.change(async (db) => {
    const code = await findDeviceCode(db, 'userCode', userCode)
    if (code === undefined || code.state !== 'pending')
      return new OAuthFailure('bad_verification_code', 70018, 'That code did not work. Check the code and try again.')
    await endTry(db, services, trier)
    if (new Date(code.expiresDateTime) <= services.now())
      return new OAuthFailure('expired_token', 70019, 'Verification code expired. Begin again on your device.')
    const {deviceCodeHash, appId, tenantId} = code
    return {kind: 'device', deviceCodeHash, appId, ...(tenantId !== null && {tenantId})}
  })
}

async function signInFor(call: Call, wanted: DeviceRequest): Promise<Answer> {
  const {pending, cookie} = await beginRequest(call, wanted)
  const authentication = await findAuthentication(call, {tenantId: wanted.tenantId})
  const answer =
    authentication === undefined
      ? renderName(pending)
      : await continueRequest(call, {...pending, attempt: newOAuthAttempt(call)}, authentication)
  return {...answer, cookies: [cookie]}
}
