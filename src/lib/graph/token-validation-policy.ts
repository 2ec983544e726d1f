import {FedctlError} from '../errors/fedctl-error.ts'
import {
  allDomains,
  defaultValidatingDomains,
  enumeratedDomains,
  type ValidatingDomains,
} from '../model/validating-domains.ts'
import type {GraphApi} from './graph-api.ts'
import {object, optionalText, texts} from './json.ts'

/** Which users a tenant lets in by tokens of their own domain's trust only. */
export interface TokenValidationPolicyClient {
  /** What holds when nobody has said anything, for a directory that has no such policy. Throws ServiceFailure for one that is not known. */
  get(): Promise<ValidatingDomains>
}

/** The federatedTokenValidationPolicy over the Graph API. */
export const tokenValidationPolicyClient = (api: GraphApi): TokenValidationPolicyClient => ({
  async get() {
    const policy = await api.get('/policies/federatedTokenValidationPolicy').catch((error: unknown) => {
      if (error instanceof FedctlError && error.code === 'NotFound') return undefined
      throw error
    })
    if (policy === undefined) return defaultValidatingDomains
    const domains = object(policy['validatingDomains'], 'a policy about tokens')
    const given = optionalText(domains, 'rootDomains')
    const rootDomains = [...allDomains, ...enumeratedDomains].find((known) => known === given)
    if (rootDomains === undefined)
      throw new FedctlError('ServiceFailure', `The directory has a policy about tokens that is not known: ${given}.`)
    return {rootDomains, domainNames: texts(domains, 'domainNames').map((name) => name.toLowerCase())}
  },
})
