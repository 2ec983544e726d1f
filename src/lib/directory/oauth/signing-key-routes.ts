import {type Answer, type Call, created, ok, type Route} from '../api/call.ts'
import {readBody} from '../api/read-body.ts'
import type {StoredSigningKey} from '../store/signing-keys.ts'

const signingKeys = () => import('./keys/signing-keys.ts')

/** /fedctl/v1/signingKeys: when the keys sign that all tenants of the store share, and a new one before its time; for the store's owner. */
export const signingKeyRoutes: readonly Route<Call>[] = [
  {method: 'GET', path: '/fedctl/v1/signingKeys', run: answerList},
  {method: 'POST', path: '/fedctl/v1/signingKeys', run: answerRoll},
]

async function answerList({services}: Call): Promise<Answer> {
  return ok(toAnswer(await (await signingKeys()).listPublishedKeys(services)))
}

async function answerRoll(call: Call): Promise<Answer> {
  const {withdrawOthers} = readBody(call, 'SigningKey', {withdrawOthers: {kind: 'flag', notNull: true}})
  return created(toAnswer(await (await signingKeys()).rollSigningKeys(call.services, withdrawOthers === true)))
}

const toAnswer = (keys: readonly StoredSigningKey[]): object => ({
  value: keys.map(({privateKey: _, ...times}) => times),
})
