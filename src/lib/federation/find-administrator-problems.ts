import type {Finding} from '../model/finding.ts'
import type {User} from '../model/user.ts'
import {upnSuffix} from '../model/user-principal-name.ts'
import {error} from './found.ts'
import type {TrustFacts} from './trust-facts.ts'

/** Who could no longer administer the tenant if the new trust did not work; pure. */
export function findAdministratorProblems({
  domain,
  domains,
  subdomains,
  administrators,
  caller,
}: TrustFacts): Finding[] {
  const leaving = new Set([domain.name, ...subdomains])
  const managed = new Set(
    domains
      .filter(({name, authentication}) => authentication === 'Managed' && !leaving.has(name))
      .map(({name}) => name),
  )
  const problems: Finding[] = []
  if (!administrators.some((user) => hasPassword(user) && managed.has(upnSuffix(user.userPrincipalName)))) {
    problems.push(
      error(domain.name, {
        code: 'NoAdministratorLeft',
        message: 'No enabled Global Administrator with a password would be left in a managed domain.',
        hint: 'Make one in the initial domain, so that a trust that does not work can be repaired: fedctl new-user, then fedctl add-role-member.',
      }),
    )
  }
  if (caller !== undefined && leaving.has(upnSuffix(caller.userPrincipalName))) {
    problems.push(
      error(caller.userPrincipalName, {
        code: 'CallerInDomain',
        message: `Your own account, ${caller.userPrincipalName}, is in the domain: if the trust does not work, you are locked out.`,
        hint: 'Sign in with an administrator of a managed domain, or accept it: --accept CallerInDomain.',
      }),
    )
  }
  return problems
}

// The directory does not say whether somebody has a password, only since when.
const hasPassword = ({blockCredential, lastPasswordChangeTimestamp}: User): boolean =>
  !blockCredential && lastPasswordChangeTimestamp !== undefined
