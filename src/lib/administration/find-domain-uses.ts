import type {GraphClient} from '../graph/graph-client.ts'
import type {Finding} from '../model/finding.ts'

const shown = 10

/** Why a domain cannot be removed: what still uses its name, the first ten by name; pure reading. */
export async function findDomainUses({domains}: GraphClient, name: string): Promise<readonly Finding[]> {
  const users: string[] = []
  for await (const {userPrincipalName, displayName, objectId} of domains.references(name)) {
    if (users.push(userPrincipalName ?? displayName ?? objectId) > shown) break
  }
  if (users.length === 0) return []
  const named = users.slice(0, shown).join(', ') + (users.length > shown ? ' and more' : '')
  return [
    {
      severity: 'error',
      code: 'DomainInUse',
      subject: name,
      message: `${name} is in use by ${named}.`,
      hint: `Rename or remove them first: fedctl get-user --domain-name ${name}.`,
      final: true,
    },
  ]
}
