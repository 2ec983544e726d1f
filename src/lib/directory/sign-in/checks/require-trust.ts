import {TokenRefusal} from '../../../saml/token-refusal.ts'
import {findByIssuer, type StoredFederation} from '../../store/federations.ts'
import type {Store} from '../../store/open-store.ts'

/** The one trust of all tenants that has this issuer, character by character. Throws TokenRefusal. */
export async function requireTrust(store: Store, issuer: string): Promise<StoredFederation> {
  const trust = await store.read((db) => findByIssuer(db, issuer))
  if (trust === undefined) throw new TokenRefusal('IssuerUnknown', 'no trust has its issuer')
  return trust
}
