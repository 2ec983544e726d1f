import {badRequest} from './graph-failure.ts'

/** What a rule must know of a domain. */
export interface DomainFacts {
  readonly name: string
  readonly root: string | null
  readonly isVerified: boolean
  readonly isDefault: boolean
  readonly isInitial: boolean
  readonly isFederated: boolean
}

/** Refuses a change of a domain that is not verified. */
export function checkChangeable(domain: DomainFacts): void {
  if (!domain.isVerified)
    throw badRequest(`The domain '${domain.name}' is not verified: only verified domains can be updated.`)
}

/** Refuses a domain that cannot be the default one. */
export function checkNewDefault(domain: DomainFacts): void {
  if (domain.isFederated)
    throw badRequest(`The domain '${domain.name}' is federated: only a managed domain can be the default domain.`)
}

/** Refuses a domain that cannot be made federated, be it for the sake of a subdomain that would become federated with it. */
export function checkFederatable(domain: DomainFacts, followers: readonly DomainFacts[]): void {
  const {name, root} = domain
  if (!domain.isVerified)
    throw badRequest(`The domain '${name}' is not verified: only a verified domain can be federated.`)
  if (root !== null) throw badRequest(`The domain '${name}' follows '${root}': federate '${root}' instead.`)
  if (domain.isFederated)
    throw badRequest(`The domain '${name}' is federated already: it has one federation configuration.`)
  for (const one of [domain, ...followers]) checkNotNeededManaged(one)
}

function checkNotNeededManaged({name, root, isInitial, isDefault}: DomainFacts): void {
  const follows = root === null ? '' : `, and it follows '${root}'`
  if (isInitial)
    throw badRequest(`The domain '${name}' is the initial domain of the tenant, which cannot be federated${follows}.`)
  if (isDefault)
    throw badRequest(
      `The domain '${name}' is the default domain, which cannot be federated${follows}. Make another domain the default first.`,
    )
}

/** Refuses to remove a domain that the tenant needs or that is still in use. */
export function checkRemovable(
  domain: DomainFacts,
  uses: {readonly objects: number; readonly subdomains: readonly string[]},
): void {
  const {name} = domain
  if (domain.isInitial)
    throw badRequest(`The domain '${name}' is the initial domain of the tenant, which cannot be removed.`)
  if (domain.isDefault)
    throw badRequest(
      `The domain '${name}' is the default domain, which cannot be removed. Make another domain the default first.`,
    )
  if (uses.subdomains.length > 0)
    throw badRequest(
      `The domain '${name}' has subdomains that follow it: ${uses.subdomains.join(', ')}. Remove them first.`,
    )
  if (uses.objects > 0)
    throw badRequest(
      `The domain '${name}' is in use by ${uses.objects} object${uses.objects === 1 ? '' : 's'} (see domainNameReferences).`,
    )
}
