import type {Answer, Call, Route} from '../api/call.ts'

const discovery = () => import('./answer-discovery.ts')
const get = (path: string, run: (call: Call) => Promise<Answer>): Route<Call> => ({method: 'GET', path, run})

/** The endpoints of the login host, at the paths they have at Microsoft's. What they need is loaded with the first request. */
export const oauthRoutes: readonly Route<Call>[] = [
  get('/:tenant/v2.0/.well-known/openid-configuration', async (call) => (await discovery()).answerConfiguration(call)),
  get('/:tenant/discovery/v2.0/keys', async (call) => (await discovery()).answerKeys(call)),
  get('/:tenant/discovery/instance', async (call) => (await discovery()).answerInstance(call)),
  {
    method: 'POST',
    path: '/:tenant/oauth2/v2.0/token',
    run: async (call) => (await import('./answer-token.ts')).answerToken(call),
  },
]
