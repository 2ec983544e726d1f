import type {Client} from '../../store/clients.ts'
import type {StoredGrant} from '../../store/oauth-grants.ts'

const kinds = [
  ['publicClient', 'public'],
  ['spa', 'page'],
  ['web', 'confidential'],
] as const

/** As which kind of client an address belongs to an application; undefined when it is not registered, character by character. */
export function findClientKind(
  {application}: Pick<Client, 'application'>,
  redirectUri: string,
): StoredGrant['clientKind'] | undefined {
  if (!URL.canParse(redirectUri) || redirectUri.includes('#')) return undefined
  const [, kind] =
    kinds.find(([part]) => listUris(application[part]).some((registered) => isSame(registered, redirectUri))) ?? []
  return kind
}

function listUris(part: string | null): readonly string[] {
  const {redirectUris} = Object(part === null ? {} : JSON.parse(part))
  return Array.isArray(redirectUris) ? redirectUris.map(String) : []
}

const loopback = ['localhost', '127.0.0.1', '[::1]']

/** A program of this machine listens on whichever port is free (RFC 8252, 7.3). */
function isSame(registered: string, given: string): boolean {
  if (registered === given) return true
  if (!URL.canParse(registered)) return false
  const [one, other] = [new URL(registered), new URL(given)]
  if (one.protocol !== 'http:' || !loopback.includes(one.hostname)) return false
  one.port = other.port
  return one.href === other.href
}
