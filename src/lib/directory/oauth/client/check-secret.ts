import {isSecret} from '../../rules/application-secrets.ts'
import {listSecrets} from '../../store/application-credentials.ts'
import {type Client, ownersOf} from '../../store/clients.ts'
import type {Queries} from '../../store/schema.ts'
import {OAuthFailure} from '../oauth-failure.ts'

/** A secret that the application has, and that is valid now. Throws OAuthFailure. */
export async function checkSecret(
  db: Queries,
  client: Client,
  {secret, now}: {secret: string; now: Date},
): Promise<void> {
  const secrets = await listSecrets(db, ownersOf(client))
  const matching = secrets.filter(
    ({secretHash, startDateTime}) => isSecret(secret, secretHash) && new Date(startDateTime) <= now,
  )
  const {appId} = client.servicePrincipal
  if (matching.length === 0)
    throw new OAuthFailure(
      'invalid_client',
      7000215,
      `Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '${appId}'.`,
    )
  if (matching.every(({endDateTime}) => new Date(endDateTime) <= now))
    throw new OAuthFailure('invalid_client', 7000222, `The provided client secret keys for app '${appId}' are expired.`)
}
