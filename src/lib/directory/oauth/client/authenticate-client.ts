import type {Call} from '../../api/call.ts'
import type {Client} from '../../store/clients.ts'
import {OAuthFailure} from '../oauth-failure.ts'
import type {ClientProof} from '../tokens/access-token.ts'
import {checkAssertion} from './check-assertion.ts'
import {checkSecret} from './check-secret.ts'
import type {ClientCredentials} from './read-credentials.ts'

/** Holds what a client shows against what it has; without anything, it has proved nothing ('0'). Throws OAuthFailure. */
export async function authenticateClient(
  call: Call,
  client: Client,
  {secret, assertion}: ClientCredentials,
): Promise<ClientProof> {
  const now = call.services.now()
  if (assertion !== undefined) {
    await checkAssertion(call, client, assertion)
    return '2'
  }
  if (secret === undefined) return '0'
  await call.services.store.read((db) => checkSecret(db, client, {secret, now}))
  return '1'
}

/** A client that must be able to keep a secret has shown one. Throws OAuthFailure. */
export function requireProof(proof: ClientProof): void {
  if (proof === '0')
    throw new OAuthFailure(
      'invalid_client',
      7000218,
      "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
    )
}

/** A client that cannot keep a secret shows none. Throws OAuthFailure. */
export function refuseProof(proof: ClientProof): void {
  if (proof !== '0')
    throw new OAuthFailure(
      'invalid_client',
      700025,
      "Client is public so neither 'client_assertion' nor 'client_secret' should be presented.",
    )
}
