import {FedctlError} from '../errors/fedctl-error.ts'
import type {Transport} from '../http/transport.ts'
import type {TokenRules} from '../model/token-rules.ts'
import {type Json, openDirectoryApi} from './directory-api.ts'

/** What the trust of a domain allows its tokens; only the embedded directory keeps such rules. */
export interface TokenRulesClient {
  /** Those of a federated domain, of a subdomain its root's; undefined for a managed one, and for one that is not there. */
  find(domain: string): Promise<TokenRules | undefined>
  /** Changes what is given, at a federated root domain. */
  update(domain: string, change: Partial<TokenRules>): Promise<void>
}

/** Opens the client for one tenant, whose ticket the transport carries; `baseUrl` is scheme and host. */
export function openTokenRules(transport: Transport, baseUrl: string): TokenRulesClient {
  const send = openDirectoryApi(transport, baseUrl)
  const path = (domain: string): string => `/domains/${encodeURIComponent(domain)}/tokenRules`
  return {
    async find(domain) {
      try {
        return toTokenRules(await send('GET', path(domain)))
      } catch (error) {
        if (error instanceof FedctlError && error.code === 'NotFound') return undefined
        throw error
      }
    },
    update: async (domain, change) => void (await send('PATCH', path(domain), change)),
  }
}

const toTokenRules = (json: Json): TokenRules => ({
  lifetimeMinutes: Number(json['lifetimeMinutes']),
  allowSha1: json['allowSha1'] === true,
})
