import {badRequest, invalidValue, missingValue, notFound} from '../rules/graph-failure.ts'
import {guidForm} from '../rules/property.ts'
import {addKeys, listKeys, removeCredential} from '../store/application-credentials.ts'
import {toKeyCredential} from '../store/attach.ts'
import type {StoredObject} from '../store/list-objects.ts'
import type {Queries} from '../store/schema.ts'
import {changingCredentials, makeSecret, newKey} from './application-credentials.ts'
import {applications} from './applications.ts'
import {type Answer, context, noContent, ok, type TenantCall, type TenantRoute} from './call.ts'
import type {ObjectKind} from './object-kind.ts'
import {requireObject} from './object-routes.ts'
import {readBody} from './read-body.ts'
import {servicePrincipals} from './service-principals.ts'
import {verifyProof} from './verify-proof.ts'

/** addPassword, removePassword, addKey and removeKey of applications and service principals. */
export const credentialRoutes: readonly TenantRoute[] = [applications, servicePrincipals].flatMap((kind) => {
  const {resource, write: needs} = kind
  const path = `/${resource.table}/:object`
  return [
    {method: 'POST', path: `${path}/addPassword`, needs, run: (call) => answerNewPassword(call, kind)},
    {method: 'POST', path: `${path}/removePassword`, needs, run: (call) => answerPasswordRemoval(call, kind)},
    {method: 'POST', path: `${path}/addKey`, needs, run: (call) => answerNewKey(call, kind)},
    {method: 'POST', path: `${path}/removeKey`, needs, run: (call) => answerKeyRemoval(call, kind)},
  ] satisfies TenantRoute[]
})

const keyIdRule = {kind: 'text', form: guidForm, notNull: true} as const

async function answerNewPassword(call: TenantCall, kind: ObjectKind): Promise<Answer> {
  const {passwordCredential} = readBody(call, kind.resource.type, {passwordCredential: {kind: 'object'}})
  const made = await call.services.store.change(async (db) => {
    const object = await requireObject(db, call, kind)
    return makeSecret(db, call, {kind, object, given: passwordCredential ?? {}})
  })
  return ok({'@odata.context': context(call, 'microsoft.graph.passwordCredential'), ...made})
}

async function answerPasswordRemoval(call: TenantCall, kind: ObjectKind): Promise<Answer> {
  const {keyId} = readBody(call, kind.resource.type, {keyId: keyIdRule})
  if (keyId === undefined) throw badRequest('removePassword needs the keyId of a password credential.')
  await call.services.store.change(async (db) => {
    const object = await requireObject(db, call, kind)
    const change = async (): Promise<void> => {
      if (await removeCredential(db, 'applicationSecrets', {ownerId: object.id, keyId: keyId.toLowerCase()})) return
      throw badRequest('No password credential found with keyId.')
    }
    await changingCredentials(db, call, {kind, object, change})
  })
  return noContent
}

const proofRule = {kind: 'text', max: 16_384} as const

async function answerNewKey(call: TenantCall, kind: ObjectKind): Promise<Answer> {
  const {keyCredential, proof} = readBody(call, kind.resource.type, {
    keyCredential: {kind: 'object', notNull: true},
    passwordCredential: {kind: 'object'},
    proof: proofRule,
  })
  if (keyCredential === undefined) throw missingValue('keyCredential', kind.resource.type)
  const key = await changeProved(call, {kind, proof}, async (db, object) => {
    const made = newKey(call, {object, given: keyCredential})
    const others = await listKeys(db, [object.id])
    if (others.some(({certificate}) => certificate === made.certificate))
      throw invalidValue('keyCredential', kind.resource.type, 'the same certificate is there already')
    await addKeys(db, [made])
    return made
  })
  return ok({'@odata.context': context(call, 'microsoft.graph.keyCredential'), ...toKeyCredential(key)})
}

async function answerKeyRemoval(call: TenantCall, kind: ObjectKind): Promise<Answer> {
  const {keyId, proof} = readBody(call, kind.resource.type, {keyId: keyIdRule, proof: proofRule})
  if (keyId === undefined) throw missingValue('keyId', kind.resource.type)
  await changeProved(call, {kind, proof}, async (db, object) => {
    if (await removeCredential(db, 'applicationKeys', {ownerId: object.id, keyId: keyId.toLowerCase()})) return
    throw badRequest('No key credential found with keyId.')
  })
  return noContent
}

interface Proving {
  readonly kind: ObjectKind
  readonly proof: string | null | undefined
}

/** Changes certificates of an application when the key of one that is still there has been proved. */
async function changeProved<Made>(
  call: TenantCall,
  {kind, proof}: Proving,
  change: (db: Queries, object: StoredObject) => Promise<Made>,
): Promise<Made> {
  const {store} = call.services
  const proved = await verifyProof(call, await store.read((db) => requireObject(db, call, kind)), proof ?? '')
  return store.change(async (db) => {
    const object = await requireObject(db, call, kind)
    const keys = await listKeys(db, [object.id])
    if (!keys.some(({keyId}) => keyId === proved)) throw notFound(proved)
    return changingCredentials(db, call, {kind, object, change: () => change(db, object)})
  })
}
