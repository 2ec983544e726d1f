import {expect, test} from '@jest/globals'
import {isWrite, resourceUnits} from '../../../src/lib/directory/rules/resource-units.ts'
import {tenantSize} from '../../../src/lib/directory/rules/throttle-limits.ts'

const asked = (request: string) => {
  const [method, url = ''] = request.split(' ')
  const [path = '', query] = url.split('?')
  return {method: method as 'GET', path, query: new URLSearchParams(query)}
}

test.each([
  ['GET /users', 2],
  ['GET /users?$select=id', 1],
  ['GET /users?$top=19', 1],
  ['GET /users?$top=20', 2],
  ['GET /users?$expand=manager', 3],
  ['GET /users?$select=id&$top=5', 1],
  ['GET /users/:user', 1],
  ['GET /groups/:object/members', 3],
  ['GET /groups/:object/transitiveMembers', 5],
  ['GET /domains/:domain/domainNameReferences', 4],
  ['POST /directoryObjects/getByIds', 3],
  ['POST /users/:user/checkMemberGroups', 4],
  ['GET /organization', 1],
  ['PATCH /users/:user?$expand=manager', 1],
])('%s costs %i', (request, units) => {
  expect(resourceUnits(asked(request))).toBe(units)
})

test('what asks by POST is no change', () => {
  expect(isWrite(asked('POST /directoryObjects/getByIds'))).toBe(false)
  expect(isWrite(asked('POST /users'))).toBe(true)
})

test.each([
  [49, 'S'],
  [50, 'M'],
  [500, 'M'],
  [501, 'L'],
] as const)('a tenant of %i users is %s', (users, size) => {
  expect(tenantSize(users)).toBe(size)
})
