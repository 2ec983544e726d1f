import type {Transport} from './transport.ts'

/** Gives every request a token; after one 401 the token is renewed once. */
export function authorized(transport: Transport, token: (renew: boolean) => Promise<string>): Transport {
  const withToken = async (renew: boolean): Promise<Record<string, string>> => ({
    authorization: `Bearer ${await token(renew)}`,
  })
  return async (request) => {
    const response = await transport({...request, headers: {...request.headers, ...(await withToken(false))}})
    if (response.status !== 401) return response
    return transport({...request, headers: {...request.headers, ...(await withToken(true))}})
  }
}
