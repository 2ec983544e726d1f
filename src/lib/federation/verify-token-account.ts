import type {UsersClient} from '../graph/users.ts'
import type {User} from '../model/user.ts'
import {upnSuffix} from '../model/user-principal-name.ts'
import {TokenRefusal} from '../saml/token-refusal.ts'
import type {VerifiedToken} from '../saml/verified-token.ts'

/**
 * The user that a token of this domain's trust is for: its immutable id is that of a user, and the user's name is in the domain, above
 * it or below it. Throws TokenRefusal by the code that the directory would answer with.
 */
export async function verifyTokenAccount(
  {immutableId}: VerifiedToken,
  domain: string,
  {users}: {readonly users: Pick<UsersClient, 'list'>},
): Promise<User> {
  if (immutableId === undefined) throw new TokenRefusal('ImmutableIdMissing', 'it has no immutable id')
  for await (const user of users.list({immutableId})) {
    // A directory may find it in any case of letters; base64 of another case is another id.
    if (user.immutableId !== immutableId) continue
    const suffix = upnSuffix(user.userPrincipalName).toLowerCase()
    const isWithin = (one: string, other: string): boolean => one === other || one.endsWith(`.${other}`)
    if (isWithin(suffix, domain) || isWithin(domain, suffix)) return user
    throw new TokenRefusal('DomainWrong', `the user it is for is not of ${domain}, whose provider issued it`)
  }
  throw new TokenRefusal('UserUnknown', 'no user of the directory has its immutable id')
}
