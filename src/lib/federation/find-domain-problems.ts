import type {Domain} from '../model/domain.ts'
import type {Finding} from '../model/finding.ts'
import {finalError} from './found.ts'

/** What about the domain itself forbids that it becomes federated; pure. */
export function findDomainProblems({name, status, isDefault, isInitial, rootDomain}: Domain): Finding[] {
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
  if (isInitial) {
    problems.push(
      finalError(name, {
        code: 'DomainIsInitial',
        message: `The domain ${name} came with the tenant: it always stays managed.`,
        hint: 'Federate a domain of your own.',
      }),
    )
  }
  if (isDefault && !isInitial) {
    problems.push(
      finalError(name, {
        code: 'DomainIsDefault',
        message: `The domain ${name} is the default domain of the tenant, which has to be managed.`,
        hint: 'Make another one the default first: fedctl set-domain NAME --is-default.',
      }),
    )
  }
  return [...problems, ...findSubdomainProblem(name, rootDomain)]
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
