import {isValidated} from '../../../model/validating-domains.ts'
import {TokenRefusal} from '../../../saml/token-refusal.ts'
import {findDomain} from '../../store/domains.ts'
import type {StoredFederation} from '../../store/federations.ts'
import type {Queries} from '../../store/schema.ts'
import {getTokenValidationPolicy} from '../../store/token-validation-policies.ts'
import type {StoredUser} from '../../store/users.ts'

/**
 * The root domain of the user's name is the one whose trust issued the token, where the policy of the tenant demands it. What the token
 * itself says of a name is not asked. Throws TokenRefusal.
 */
export async function refuseForeignDomain(
  db: Queries,
  {tenantId, domain: trusted}: StoredFederation,
  {upnDomain}: StoredUser,
): Promise<void> {
  const domain = await findDomain(db, tenantId, upnDomain)
  const root = domain?.root ?? upnDomain
  if (root === trusted) return
  const isFederated = domain !== undefined && domain.federationId !== null
  if (isValidated(await getTokenValidationPolicy(db, tenantId), {root, isFederated}))
    throw new TokenRefusal('DomainWrong', 'sign-in is blocked by the federated token validation policy of the tenant')
}
