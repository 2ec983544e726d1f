import {existsSync} from 'node:fs'
import {describe, expect, test} from '@jest/globals'
import type {HttpRequest, HttpResponse} from '../src/lib/model/http-message.ts'
import {brokenContract, descriptionFile} from './parts/graph-contract.ts'

type Given = Partial<HttpResponse> & {
  readonly method?: HttpRequest['method']
  readonly path?: string
  readonly sent?: unknown
}

/** What the check says of one exchange; by default a user is read, and everything is right. */
const violation = async ({method = 'GET', path = '/v1.0/users/ada', sent, ...answer}: Given) =>
  brokenContract(
    {
      method,
      url: `https://graph.test${path}`,
      headers: {},
      ...(sent === undefined ? {} : {body: JSON.stringify(sent)}),
    },
    {status: 200, headers: {'content-type': 'application/json'}, body: '{"id":"ada"}', ...answer},
  )

const json = (body: unknown): {body: string} => ({body: JSON.stringify(body)})
const users = (...value: object[]) => json({'@odata.context': 'https://graph.test/$metadata', value})

;(existsSync(descriptionFile) ? describe : describe.skip)("Graph's contract", () => {
  test.each<[string, Given]>([
    ['a user', json({'@odata.context': 'x', id: 'ada', city: null, passwordProfile: null, businessPhones: []})],
    ['users', {path: '/v1.0/users?$top=1&$skiptoken=x', ...users({id: 'a'}, {id: 'b', accountEnabled: true})}],
    [
      'members of any kind',
      {path: "/beta/directoryRoles('x')/members", ...users({'@odata.type': '#microsoft.graph.user', city: 'Rome'})},
    ],
    ['a property of beta', {path: '/beta/users/ada', ...json({onPremisesObjectIdentifier: null})}],
    ['a refusal', {status: 404, ...json({error: {code: 'x', message: 'y', innerError: {anything: 1}}})}],
    ['a count', {path: '/v1.0/users/%24count', headers: {'content-type': 'text/plain'}, body: '7'}],
    ['a change', {method: 'PATCH', status: 204, body: '', sent: {city: null}}],
    [
      'a new user',
      {
        method: 'POST',
        path: '/v1.0/users',
        status: 201,
        sent: {accountEnabled: true, displayName: 'A', mailNickname: 'a', userPrincipalName: 'a@b'},
      },
    ],
  ])('holds: %s', async (_, given) => {
    expect(await violation(given)).toBeUndefined()
  })

  test.each<[string, Given, string]>([
    ['a property that users do not have', json({id: 'ada', wrong: true}), 'wrong'],
    ['the same in a list', {path: '/v1.0/users', ...users({id: 'a'}, {wrong: true})}, 'wrong'],
    [
      'a property of another kind of objects',
      {path: '/v1.0/users/ada/memberOf', ...users({'@odata.type': '#microsoft.graph.directoryRole', city: 'Rome'})},
      'city',
    ],
    [
      'an object that does not say what it is',
      {path: '/v1.0/users/ada/memberOf', ...users({displayName: 'x'})},
      'displayName',
    ],
    [
      'a type that cannot be there',
      {path: '/v1.0/users', ...users({'@odata.type': '#microsoft.graph.domain', model: 'x'})},
      'model',
    ],
    ['null where it cannot be', json({businessPhones: null}), 'businessPhones'],
    ['a property of beta', json({onPremisesObjectIdentifier: null}), 'onPremisesObjectIdentifier'],
    ['a time that is none', json({createdDateTime: 'today'}), 'createdDateTime'],
    ['a property inside another', json({passwordProfile: {password: 'x', wrong: 1}}), '"wrong"'],
    ['a list without value', {path: '/v1.0/users', ...json({})}, 'value'],
    ['an error of another shape', {status: 400, ...json({message: 'x'})}, 'error'],
    ['a body where there is none', {method: 'DELETE', status: 204}, 'body'],
    ['another status', {method: 'DELETE', status: 200, body: ''}, 'status'],
    ['another type of content', {headers: {'content-type': 'text/html'}}, 'text/html'],
    [
      'an accepted property that users do not have',
      {method: 'PATCH', status: 204, body: '', sent: {wrong: 1}},
      'request',
    ],
    [
      'an accepted request without what is required',
      {method: 'POST', path: '/v1.0/users', status: 201, sent: {}},
      'displayName',
    ],
    ['an accepted query option', {path: '/v1.0/users/ada?$top=1'}, '$top'],
    ['a path that is none', {path: '/v1.0/lusers'}, 'operations'],
  ])('finds %s', async (_, given, named) => {
    expect(await violation(given)).toContain(named)
  })
})
