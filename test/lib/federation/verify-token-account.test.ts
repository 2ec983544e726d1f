import {expect, test} from '@jest/globals'
import {type AccountDirectory, verifyTokenAccount} from '../../../src/lib/federation/verify-token-account.ts'
import {openGraph} from '../../../src/lib/graph/graph-client.ts'
import type {Domain} from '../../../src/lib/model/domain.ts'
import type {User} from '../../../src/lib/model/user.ts'
import type {UserFilter} from '../../../src/lib/model/user-filter.ts'
import {defaultValidatingDomains, type ValidatingDomains} from '../../../src/lib/model/validating-domains.ts'
import type {VerifiedToken} from '../../../src/lib/saml/verified-token.ts'
import {openTestDirectory} from '../../parts/open-test-directory.ts'
import {domain} from '../../parts/trust-facts.ts'

const federated = {authentication: 'Federated'} as const
const domains = [
  domain('fabrikam.com', federated),
  domain('sales.fabrikam.com', {...federated, rootDomain: 'fabrikam.com'}),
  domain('alone.fabrikam.com'),
  domain('notfabrikam.com'),
  domain('contoso.com', federated),
]

/** A directory of one user, which like the real ones finds an immutable id in any case of letters. */
const directoryOf = (userPrincipalName: string, policy: ValidatingDomains): AccountDirectory => ({
  users: {
    async *list({immutableId = ''}: UserFilter = {}) {
      if (immutableId.toLowerCase() === 'abc=') yield {userPrincipalName, immutableId: 'Abc='} as User
    },
  },
  domains: {get: async (name) => domains.find((one) => one.name === name) as Domain},
  tokenValidationPolicy: {get: async () => policy},
})
const policy = (
  rootDomains: ValidatingDomains['rootDomains'],
  ...domainNames: readonly string[]
): ValidatingDomains => ({rootDomains, domainNames})

test.each([
  ['its user', 'Abc=', 'grace@fabrikam.com', undefined],
  ['its user in a domain that follows it', 'Abc=', 'grace@sales.fabrikam.com', undefined],
  ['no immutable id', undefined, 'grace@fabrikam.com', 'ImmutableIdMissing'],
  ['an immutable id that nobody has', 'Xyz=', 'grace@fabrikam.com', 'UserUnknown'],
  ['an immutable id of other letters', 'aBC=', 'grace@fabrikam.com', 'UserUnknown'],
  ['a user of another domain', 'Abc=', 'grace@contoso.com', 'DomainWrong'],
  ['a user of a domain below that does not follow it', 'Abc=', 'grace@alone.fabrikam.com', 'DomainWrong'],
  ['a user of a domain that only ends so', 'Abc=', 'grace@notfabrikam.com', 'DomainWrong'],
  ['a federated user, where only managed ones are asked', 'Abc=', 'grace@contoso.com', undefined, policy('allManaged')],
  ['a managed user there', 'Abc=', 'grace@notfabrikam.com', 'DomainWrong', policy('allManaged')],
  [
    'a user of a domain that is not listed',
    'Abc=',
    'grace@contoso.com',
    undefined,
    policy('enumerated', 'fabrikam.com'),
  ],
  ['a user of one that is', 'Abc=', 'grace@contoso.com', 'DomainWrong', policy('enumerated', 'contoso.com')],
  ['anybody, where nobody is asked', 'Abc=', 'grace@contoso.com', undefined, policy('none')],
])('a token for %s', async (_what, immutableId, userPrincipalName, problem, rule = defaultValidatingDomains) => {
  const token = {immutableId} as VerifiedToken
  const verifying = verifyTokenAccount(token, 'fabrikam.com', directoryOf(userPrincipalName, rule))
  if (problem === undefined) expect(await verifying).toMatchObject({userPrincipalName})
  else await expect(verifying).rejects.toMatchObject({problem})
})

test('the policy that is asked is the one that the directory keeps', async () => {
  const lab = await openTestDirectory()
  const {id: tenantId, send} = await lab.newTenant('contoso.onmicrosoft.com')
  const authorization = `Bearer ${lab.directory.ticketFor({tenantId})}`
  const {tokenValidationPolicy} = openGraph(
    (request) => lab.directory.fetch({...request, headers: {...request.headers, authorization}}),
    'http://directory.test/v1.0',
  )
  expect(await tokenValidationPolicy.get()).toEqual(defaultValidatingDomains)
  const listed = policy('allManagedAndEnumeratedFederated', 'contoso.onmicrosoft.com')
  const validatingDomains = {'@odata.type': '#microsoft.graph.enumeratedDomains', ...listed}
  await send('PUT', '/policies/federatedTokenValidationPolicy', {validatingDomains})
  expect(await tokenValidationPolicy.get()).toEqual(listed)
  await lab.close()
})
