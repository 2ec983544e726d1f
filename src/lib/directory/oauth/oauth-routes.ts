import type {Answer, Call, Method, Route} from '../api/call.ts'

type Run = (call: Call) => Promise<Answer>

const discovery = () => import('./answer-discovery.ts')
const devicePage = () => import('./device/answer-device-page.ts')

const table: readonly (readonly [Method, path: string, Run])[] = [
  ['GET', 'v2.0/.well-known/openid-configuration', async (call) => (await discovery()).answerConfiguration(call)],
  ['GET', 'discovery/v2.0/keys', async (call) => (await discovery()).answerKeys(call)],
  ['GET', 'discovery/instance', async (call) => (await discovery()).answerInstance(call)],
  ['POST', 'oauth2/v2.0/token', async (call) => (await import('./answer-token.ts')).answerToken(call)],
  [
    'POST',
    'oauth2/v2.0/devicecode',
    async (call) => (await import('./device/answer-device-code.ts')).answerDeviceCode(call),
  ],
  [
    'GET',
    'oauth2/v2.0/authorize',
    async (call) => (await import('./authorize/answer-authorize.ts')).answerAuthorize(call),
  ],
  ['GET', 'oauth2/v2.0/logout', async (call) => (await import('./answer-logout.ts')).answerLogout(call)],
  ['GET', 'oauth2/deviceauth', async () => (await devicePage()).answerDevicePage()],
  ['POST', 'oauth2/deviceauth', async (call) => (await devicePage()).answerTypedCode(call)],
  ['POST', 'login', async (call) => (await import('./pages/answer-login.ts')).answerLogin(call)],
]

/** The endpoints of the login host, at the paths they have at Microsoft's. What they need is loaded with the first request. */
export const oauthRoutes: readonly Route<Call>[] = table.map(([method, path, run]) => ({
  method,
  path: `/:tenant/${path}`,
  run,
}))
