import {TokenRefusal} from '../../../saml/token-refusal.ts'
import {findByIssuer, type StoredFederation} from '../../store/federations.ts'
import type {Queries} from '../../store/schema.ts'

/** The trust is still what the token was judged by: the judge works outside the change. Throws TokenRefusal. */
export async function requireUnchangedTrust(db: Queries, trust: StoredFederation): Promise<void> {
  const current = await findByIssuer(db, trust.issuerUri)
  if (JSON.stringify(current) !== JSON.stringify(trust))
    throw new TokenRefusal('IssuerUnknown', 'its trust was changed while it was judged')
}
