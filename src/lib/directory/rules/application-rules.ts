import {badRequest, GraphFailure} from './graph-failure.ts'
import {graphAppId} from './graph-permissions.ts'

type Json = Readonly<Record<string, unknown>>

/** A role or a scope that an application offers. */
export interface Entitlement extends Json {
  readonly id?: string
  readonly value?: string | null
  readonly isEnabled?: boolean
}

/** Refuses roles or scopes without or with the same ids or values, and that one goes which is still enabled. */
export function checkEntitlements(
  property: string,
  before: readonly Entitlement[],
  after: readonly Entitlement[],
): void {
  if (after.some(({id}) => id === undefined)) throw badRequest(`Property '${property}' has an item without an id.`)
  for (const name of ['id', 'value'] as const) {
    const values = after.map((item) => item[name]?.toLowerCase()).filter((value) => value !== undefined)
    if (new Set(values).size < values.length)
      throw conflict(property, 'DuplicateValue', `Property ${property} has duplicate ${name}s in it.`)
  }
  const gone = before.find(({id, isEnabled}) => isEnabled && !after.some((item) => item.id === id))
  if (gone === undefined) return
  throw conflict(
    property,
    'CannotDeleteOrUpdateEnabledEntitlement',
    'Permission (scope or role) cannot be deleted or updated unless disabled first.',
  )
}

const conflict = (target: string, code: string, message: string): GraphFailure =>
  new GraphFailure(400, code, message, [{code, target}])

/** Refuses identifier URIs that are none, and those of a host that is not under a verified domain of the tenant. */
export function checkIdentifierUris(uris: readonly string[], verifiedDomains: readonly string[]): void {
  for (const uri of uris) {
    if (!URL.canParse(uri))
      throw conflict('identifierUris', 'InvalidAppIdUri', `Invalid application identifier URI '${uri}'.`)
    const {protocol, hostname} = new URL(uri)
    if (!/^https?:$/.test(protocol)) continue
    if (verifiedDomains.some((name) => hostname === name || hostname.endsWith(`.${name}`))) continue
    throw conflict(
      'identifierUris',
      'HostNameNotOnVerifiedDomain',
      `Values of identifierUris property must use a verified domain of the organization or its subdomain: '${uri}'`,
    )
  }
}

/** Whether an identifier URI has a domain, or a name below it, as its host. */
export function usesDomain(uri: string, domain: string): boolean {
  const hostname = URL.canParse(uri) ? new URL(uri).hostname.toLowerCase() : ''
  return hostname === domain || hostname.endsWith(`.${domain}`)
}

/** Refuses addresses to which codes and tokens must not be sent: no fragment, and plain http on this machine only. */
export function checkRedirectUris(platform: 'publicClient' | 'spa' | 'web', uris: readonly string[]): void {
  for (const uri of uris) if (!isRedirectUri(platform, uri)) throw invalidRedirect(platform, uri)
}

function isRedirectUri(platform: string, uri: string): boolean {
  if (!URL.canParse(uri) || uri.includes('#') || /\s/.test(uri)) return false
  const {protocol, hostname} = new URL(uri)
  if (protocol === 'https:') return true
  if (protocol === 'http:') return ['localhost', '127.0.0.1', '[::1]'].includes(hostname)
  return platform === 'publicClient' && !['javascript:', 'data:', 'vbscript:', 'file:', 'blob:'].includes(protocol)
}

const invalidRedirect = (platform: string, uri: string): GraphFailure =>
  conflict(platform, 'InvalidReplyUrl', `Invalid value specified for redirectUris property of ${platform}: '${uri}'.`)

/** Refuses to change what is Microsoft's alone. */
export function refuseMicrosofts(appId: unknown): void {
  if (appId === graphAppId)
    throw badRequest('The service principal of Microsoft Graph can neither be changed nor deleted.')
}
