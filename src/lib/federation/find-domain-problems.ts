import type {Domain} from '../model/domain.ts'
import type {Finding} from '../model/finding.ts'
import {finalError} from './found.ts'
import type {TrustFacts} from './trust-facts.ts'

/** What about the domain itself, or a subdomain that follows it, forbids that it becomes federated; pure. */
export function findDomainProblems({domain, domains, subdomains}: TrustFacts): Finding[] {
  const {name, status, rootDomain} = domain
  const problems: Finding[] = []
  if (status !== 'Verified') {
    problems.push(
      finalError(name, {
        code: 'DomainNotVerified',
        message: `The domain ${name} is not verified.`,
        hint: `Publish its DNS record (fedctl get-domain-verification-dns ${name}), then fedctl confirm-domain ${name}.`,
      }),
    )
  }
  const following = domains.filter((one) => subdomains.includes(one.name))
  return [
    ...problems,
    ...findManagedProblem(domain),
    ...following.flatMap((one) => findManagedProblem(one, `, which follows ${name},`)),
    ...findSubdomainProblem(name, rootDomain),
  ]
}

/** The initial and the default domain of a tenant have to be managed. */
function findManagedProblem({name, isDefault, isInitial}: Domain, follows = ''): Finding[] {
  if (isInitial)
    return [
      finalError(name, {
        code: 'DomainIsInitial',
        message: `The domain ${name}${follows} came with the tenant: it always stays managed.`,
        hint: 'Federate a domain of your own.',
      }),
    ]
  if (!isDefault) return []
  return [
    finalError(name, {
      code: 'DomainIsDefault',
      message: `The domain ${name}${follows} is the default domain of the tenant, which has to be managed.`,
      hint: 'Make another one the default first: fedctl set-domain NAME --is-default.',
    }),
  ]
}

/** A subdomain has the trust of its root and no other. */
export const findSubdomainProblem = (name: string, rootDomain: string | undefined): Finding[] =>
  rootDomain === undefined
    ? []
    : [
        finalError(name, {
          code: 'SubdomainFollowsRoot',
          message: `The domain ${name} takes its settings from its root, ${rootDomain}.`,
          hint: `Convert ${rootDomain}; its subdomains follow.`,
        }),
      ]
