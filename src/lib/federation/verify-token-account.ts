import type {GraphClient} from '../graph/graph-client.ts'
import type {User} from '../model/user.ts'
import {upnSuffix} from '../model/user-principal-name.ts'
import {isValidated} from '../model/validating-domains.ts'
import {TokenRefusal} from '../saml/token-refusal.ts'
import type {VerifiedToken} from '../saml/verified-token.ts'

/** What is asked of the directory. */
export type AccountDirectory = {
  readonly users: Pick<GraphClient['users'], 'list'>
  readonly domains: Pick<GraphClient['domains'], 'get'>
  readonly tokenValidationPolicy: GraphClient['tokenValidationPolicy']
}

/**
 * The user that a token of this domain's trust is for: its immutable id is that of a user, and the user is of the same root domain, unless
 * the policy of the tenant lets others in. Throws TokenRefusal by the code that the directory would answer with.
 */
export async function verifyTokenAccount(
  {immutableId}: VerifiedToken,
  domain: string,
  directory: AccountDirectory,
): Promise<User> {
  if (immutableId === undefined) throw new TokenRefusal('ImmutableIdMissing', 'it has no immutable id')
  for await (const user of directory.users.list({immutableId})) {
    // A directory may find it in any case of letters; base64 of another case is another id.
    if (user.immutableId !== immutableId) continue
    if (await mayComeBy(domain, user, directory)) return user
    throw new TokenRefusal('DomainWrong', `the user it is for is not of ${domain}, whose provider issued it`)
  }
  throw new TokenRefusal('UserUnknown', 'no user of the directory has its immutable id')
}

async function mayComeBy(
  domain: string,
  {userPrincipalName}: User,
  {domains, tokenValidationPolicy}: AccountDirectory,
): Promise<boolean> {
  const suffix = upnSuffix(userPrincipalName).toLowerCase()
  if (suffix === domain) return true
  const [trusted, own] = [await domains.get(domain), await domains.get(suffix)]
  const root = own.rootDomain ?? own.name
  if (root === (trusted.rootDomain ?? trusted.name)) return true
  return !isValidated(await tokenValidationPolicy.get(), {root, isFederated: own.authentication === 'Federated'})
}
