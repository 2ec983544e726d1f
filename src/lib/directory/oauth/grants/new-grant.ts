import type {Services} from '../../api/call.ts'
import type {Client} from '../../store/clients.ts'
import {addGrant, type StoredGrant} from '../../store/oauth-grants.ts'
import type {Queries} from '../../store/schema.ts'
import type {StoredUser} from '../../store/users.ts'

/** Who has signed in: when, and by what (amr; RFC 8176). */
export interface Authentication {
  readonly user: StoredUser
  readonly time: Date
  readonly methods: readonly string[]
}

/** As long as a token or a code lives that is made now, and what clocks differ. */
const shortestMilliseconds = 2 * 3600_000

/** Keeps what a user lets an application do from now on. */
export async function newGrant(
  db: Queries,
  services: Services,
  {
    client,
    authentication: {user, time, methods},
    scope,
    clientKind,
  }: {
    readonly client: Client
    readonly authentication: Authentication
    readonly scope: string
    readonly clientKind: StoredGrant['clientKind']
  },
): Promise<StoredGrant> {
  const now = services.now()
  const grant: StoredGrant = {
    id: services.newId(),
    tenantId: user.tenantId,
    appId: String(client.servicePrincipal.appId),
    userId: user.id,
    scope,
    authenticationMethods: methods.join(' '),
    authenticatedDateTime: time.toISOString(),
    clientKind,
    expiresDateTime: new Date(now.getTime() + shortestMilliseconds).toISOString(),
  }
  await addGrant(db, grant, now)
  return grant
}

/** The time until which a grant is kept for an access token that is made now. */
export const tokenEnd = (now: Date): string => new Date(now.getTime() + shortestMilliseconds).toISOString()
