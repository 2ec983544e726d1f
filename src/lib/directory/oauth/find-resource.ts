import {graphAppId, graphAppRoles, graphServicePrincipalId} from '../rules/graph-permissions.ts'
import {findByName, findPrincipalOf} from '../store/clients.ts'
import {fold} from '../store/fold.ts'
import type {Queries} from '../store/schema.ts'
import {OAuthFailure} from './oauth-failure.ts'

/** What a token gives access to, as a tenant has it. */
export interface Resource {
  /** As aud names it. */
  readonly audience: string
  readonly servicePrincipalId: string
  /** Names of the app roles that can be given, by id. */
  readonly roles: ReadonlyMap<string, string>
}

/** Microsoft Graph, as aud names it. */
export const graphAudience = 'https://graph.microsoft.com'

/** The resource that a scope names, by an identifier of it. Throws OAuthFailure when the tenant has none. */
export async function requireResource(db: Queries, tenantId: string, identifier: string): Promise<Resource> {
  if (identifier === graphAudience || identifier === graphAppId)
    return {
      audience: graphAudience,
      servicePrincipalId: graphServicePrincipalId(tenantId),
      roles: rolesOf(graphAppRoles),
    }
  const found =
    (await findPrincipalOf(db, tenantId, identifier.toLowerCase())) ??
    (await findByName(db, tenantId, fold(identifier)))
  if (found?.appId == null)
    throw new OAuthFailure(
      'invalid_resource',
      500011,
      `The resource principal named ${identifier} was not found in the tenant named ${tenantId}.`,
    )
  return {audience: found.appId, servicePrincipalId: found.id, roles: rolesOf(JSON.parse(found.appRoles) as object[])}
}

const rolesOf = (roles: readonly object[]): ReadonlyMap<string, string> =>
  new Map(
    (roles as readonly {id?: string; value?: string; isEnabled?: boolean}[])
      .filter(({isEnabled}) => isEnabled !== false)
      .flatMap(({id, value}) => (id === undefined || !value ? [] : [[id, value] as const])),
  )
