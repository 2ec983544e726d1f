import {expect, test} from '@jest/globals'
import {verifyTokenAccount} from '../../../src/lib/federation/verify-token-account.ts'
import type {User} from '../../../src/lib/model/user.ts'
import type {UserFilter} from '../../../src/lib/model/user-filter.ts'
import type {VerifiedToken} from '../../../src/lib/saml/verified-token.ts'

/** A directory of one user, which like the real ones finds an immutable id in any case of letters. */
const directoryOf = (userPrincipalName: string) => ({
  users: {
    async *list({immutableId = ''}: UserFilter = {}) {
      if (immutableId.toLowerCase() === 'abc=') yield {userPrincipalName, immutableId: 'Abc='} as User
    },
  },
})

test.each([
  ['its user', 'Abc=', 'grace@fabrikam.com', undefined],
  ['its user in a domain below', 'Abc=', 'grace@sales.fabrikam.com', undefined],
  ['no immutable id', undefined, 'grace@fabrikam.com', 'ImmutableIdMissing'],
  ['an immutable id that nobody has', 'Xyz=', 'grace@fabrikam.com', 'UserUnknown'],
  ['an immutable id of other letters', 'aBC=', 'grace@fabrikam.com', 'UserUnknown'],
  ['a user of another domain', 'Abc=', 'grace@contoso.com', 'DomainWrong'],
  ['a user of a domain that only ends so', 'Abc=', 'grace@notfabrikam.com', 'DomainWrong'],
])('a token for %s', async (_what, immutableId, userPrincipalName, problem) => {
  const token = {immutableId} as VerifiedToken
  const verifying = verifyTokenAccount(token, 'fabrikam.com', directoryOf(userPrincipalName))
  if (problem === undefined) expect(await verifying).toMatchObject({userPrincipalName})
  else await expect(verifying).rejects.toMatchObject({problem})
})
