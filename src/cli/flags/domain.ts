import {optionalIdentity, requiredIdentity} from './identity.ts'
import {domainName, toDomainName} from './value.ts'

const domain = {description: 'Domain, as in contoso.com.', parse: toDomainName}

/** A domain of the tenant as the main object, --domain-name as MSOnline called it. */
export const domainArg = requiredIdentity({...domain, givenAs: ['domain-name']})
export const optionalDomainArg = optionalIdentity({...domain, givenAs: ['domain-name']})
export const domainIdentity = {'domain-name': domainName({summary: 'The domain, by name of the parameter.'})}

/** The same, where MSOnline called it --name. */
export const namedDomainArg = requiredIdentity({...domain, givenAs: ['name', 'domain-name']})
export const namedDomainIdentity = {
  name: domainName({summary: 'The domain, by name of the parameter.'}),
  'domain-name': domainName({hidden: true}),
}
