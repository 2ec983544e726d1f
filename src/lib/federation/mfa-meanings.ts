import type {FederatedIdpMfaBehavior} from '../model/federation-settings.ts'

/** What each behaviour about multi-factor authentication means, in one line. */
export const mfaMeanings: Readonly<Record<FederatedIdpMfaBehavior, string>> = {
  acceptIfMfaDoneByFederatedIdp:
    "what the identity provider says it has done is accepted, else the directory's own is asked for",
  enforceMfaByFederatedIdp: 'users are sent to the identity provider for it, and what it says is accepted',
  rejectMfaByFederatedIdp: 'the directory always asks itself and believes no claim of the identity provider about it',
}
