import type {Call} from '../../api/call.ts'
import {toSignInAddress} from '../../sign-in/to-sign-in-address.ts'
import type {StoredFederation} from '../../store/federations.ts'
import {changeSignInRequest} from '../../store/sign-in-requests.ts'
import {hashOf} from '../new-secret.ts'
import type {PendingRequest} from './pending-request.ts'
import {toSamlRequest} from './to-saml-request.ts'

/** Somebody on the way to an identity provider. */
interface Leaving {
  readonly pending: PendingRequest
  readonly login: string
  readonly trust: StoredFederation
}

/** Where the identity provider signs somebody in and sends the token back to us, with the state. */
export async function toIdentityProvider(call: Call, {pending, login, trust}: Leaving): Promise<string> {
  const {services, url} = call
  const own = `${url.origin}/login.srf`
  const reply = services.replyAddresses.includes(own) ? own : undefined
  if (trust.preferredAuthenticationProtocol !== 'saml')
    return toSignInAddress(trust, login, {context: pending.state, reply})
  const samlRequestId = `_${services.newId()}`
  const request = JSON.stringify({...pending.wanted, samlRequestId})
  await services.store.change((db) => changeSignInRequest(db, hashOf(pending.state), request))
  return toSamlRequest({
    id: samlRequestId,
    destination: trust.passiveSignInUri,
    time: services.now(),
    reply,
    relayState: pending.state,
  })
}
