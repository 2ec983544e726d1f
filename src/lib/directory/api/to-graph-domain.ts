import type {DomainFacts} from '../rules/domain-rules.ts'
import type {StoredDomain} from '../store/domains.ts'
import {readList} from '../store/read-list.ts'

/** A domain as Graph writes one. The password settings are absent of a federated domain: passwords are checked elsewhere. */
export function toGraphDomain(domain: StoredDomain): object {
  const {name, isVerified, isDefault, isInitial, isFederated, root} = toFacts(domain)
  const {passwordNotificationWindowInDays, passwordValidityPeriodInDays} = domain
  return {
    authenticationType: isFederated ? 'Federated' : 'Managed',
    availabilityStatus: null,
    id: name,
    isAdminManaged: true,
    isDefault,
    isInitial,
    isRoot: root === null,
    isVerified,
    manufacturer: null,
    model: null,
    ...(isFederated ? {} : {passwordNotificationWindowInDays, passwordValidityPeriodInDays}),
    state: null,
    supportedServices: readList(domain.supportedServices),
  }
}

/** A domain as the rules see it. */
export const toFacts = (domain: StoredDomain): DomainFacts => ({
  name: domain.name,
  root: domain.root,
  isVerified: Boolean(domain.isVerified),
  isDefault: Boolean(domain.isDefault),
  isInitial: Boolean(domain.isInitial),
  isFederated: domain.federationId !== null,
})
