import * as Flags from '@oclif/core/flags'
import {requiredIdentity} from './identity.ts'
import {toInitialDomain} from './value.ts'

/** A tenant of the embedded directory as the main object, by its initial domain. */
export const tenantArg = requiredIdentity({
  description: 'Initial domain, as in contoso.onmicrosoft.com; the ending may be left out.',
  parse: toInitialDomain,
  givenAs: ['initial-domain'],
})
export const tenantIdentity = {
  'initial-domain': Flags.custom<string>({parse: async (text) => toInitialDomain(text)})({
    summary: 'The tenant, by name of the parameter.',
    helpValue: 'DOMAIN',
  }),
}
