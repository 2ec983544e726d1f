import {
  allDomains,
  defaultValidatingDomains,
  enumeratedDomains,
  type ValidatingDomains,
} from '../../model/validating-domains.ts'
import {DamagedValue, readList} from './read-list.ts'
import type {Queries} from './schema.ts'

/** The policy of a tenant: what it has set, or the default. */
export async function getTokenValidationPolicy(db: Queries, tenantId: string): Promise<ValidatingDomains> {
  const row = await db
    .selectFrom('tokenValidationPolicies')
    .selectAll()
    .where('tenantId', '=', tenantId)
    .executeTakeFirst()
  if (row === undefined) return defaultValidatingDomains
  const rootDomains = [...allDomains, ...enumeratedDomains].find((known) => known === row.rootDomains)
  if (rootDomains === undefined) throw new DamagedValue('a policy in it is not one')
  return {rootDomains, domainNames: readList(row.domainNames)}
}

/** Sets the policy of a tenant. */
export async function putTokenValidationPolicy(
  db: Queries,
  tenantId: string,
  {rootDomains, domainNames}: ValidatingDomains,
): Promise<void> {
  const values = {rootDomains, domainNames: JSON.stringify(domainNames)}
  await db
    .insertInto('tokenValidationPolicies')
    .values({tenantId, ...values})
    .onConflict((conflict) => conflict.column('tenantId').doUpdateSet(values))
    .execute()
}
