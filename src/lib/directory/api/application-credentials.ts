import {refuseMicrosofts} from '../rules/application-rules.ts'
import {hashSecret, hintOf, newSecret} from '../rules/application-secrets.ts'
import {badRequest, invalidValue} from '../rules/graph-failure.ts'
import {
  keyCredentialRules,
  passwordCredentialRules,
  readKeyCredential,
  secretValidity,
} from '../rules/key-credentials.ts'
import type {BodyOf} from '../rules/property.ts'
import {
  addKeys,
  addSecret,
  listKeys,
  listSecrets,
  removeCredential,
  type StoredKey,
  type StoredSecret,
} from '../store/application-credentials.ts'
import {toPasswordCredential} from '../store/attach.ts'
import type {StoredObject} from '../store/list-objects.ts'
import type {Queries} from '../store/schema.ts'
import {audit} from './audit.ts'
import type {TenantCall} from './call.ts'
import type {ObjectKind} from './object-kind.ts'
import {readProperties} from './read-body.ts'

/** An application or a service principal whose credentials change. */
export interface Owner {
  readonly kind: ObjectKind
  readonly object: StoredObject
}

/** The credentials that a body gives of an application, besides its columns. */
export const credentialLists = {keyCredentials: {kind: 'objects'}, passwordCredentials: {kind: 'objects'}} as const

/** Puts the credentials of a new or changed application as its body says; the new secret, when there is one, is in the answer. */
export async function putCredentials(
  db: Queries,
  call: TenantCall,
  {kind, object, body, isNew}: Owner & {readonly body: BodyOf<typeof credentialLists>; readonly isNew: boolean},
): Promise<object> {
  const {keyCredentials, passwordCredentials} = body
  const owner = {kind, object}
  if (keyCredentials !== undefined)
    await changingCredentials(db, call, {
      ...owner,
      change: () => replaceKeys(db, call, {...owner, given: keyCredentials ?? []}),
    })
  const [secret, ...others] = passwordCredentials ?? []
  if (passwordCredentials === undefined || (isNew && secret === undefined)) return {}
  if (!isNew || others.length > 0) throw badRequest('New password credentials must be generated using service actions.')
  const made = await makeSecret(db, call, {...owner, given: secret ?? {}})
  return {passwordCredentials: [made]}
}

/** Makes a secret, and gives it as Graph does: only now with its text. */
export async function makeSecret(
  db: Queries,
  call: TenantCall,
  {kind, object, given}: Owner & {readonly given: object},
): Promise<object> {
  const {services} = call
  const credential = readProperties(given, 'PasswordCredential', passwordCredentialRules)
  const text = newSecret(services.randomBytes)
  const secret: StoredSecret = {
    tenantId: object.tenantId,
    ownerId: object.id,
    keyId: services.newId(),
    displayName: credential.displayName ?? null,
    customKeyIdentifier: credential.customKeyIdentifier ?? null,
    ...secretValidity(credential, services.now()),
    secretHash: hashSecret(text),
    hint: hintOf(text),
  }
  await changingCredentials(db, call, {kind, object, change: () => addSecret(db, secret)})
  return {...toPasswordCredential(secret), secretText: text}
}

/** A new certificate of an application, as it is kept. */
export function newKey({services}: TenantCall, {object, given}: {object: StoredObject; given: object}): StoredKey {
  const credential = readProperties(given, 'KeyCredential', keyCredentialRules)
  const own = {tenantId: object.tenantId, ownerId: object.id, keyId: credential.keyId ?? services.newId()}
  return {...own, ...readKeyCredential(credential)}
}

async function replaceKeys(
  db: Queries,
  call: TenantCall,
  {object, given}: Owner & {readonly given: readonly object[]},
): Promise<void> {
  const kept = await listKeys(db, [object.id])
  const isKept = (key: object): boolean => 'keyId' in key && kept.some(({keyId}) => keyId === key.keyId)
  const keys = given.filter((key) => !isKept(key)).map((key) => newKey(call, {object, given: key}))
  const ids = given.map((key) => ('keyId' in key ? key.keyId : undefined))
  for (const {ownerId, keyId} of kept)
    if (!ids.includes(keyId)) await removeCredential(db, 'applicationKeys', {ownerId, keyId})
  const certificates = [...kept.filter(({keyId}) => ids.includes(keyId)), ...keys].map(({certificate}) => certificate)
  if (new Set(certificates).size < certificates.length)
    throw invalidValue('keyCredentials', 'Application', 'the same certificate is in it twice')
  await addKeys(db, keys)
}

/** Makes a change of credentials, and writes down which there were and which there are. */
export async function changingCredentials<Made>(
  db: Queries,
  call: TenantCall,
  {kind, object, change}: Owner & {readonly change: () => Promise<Made>},
): Promise<Made> {
  refuseMicrosofts(object['appId'])
  const before = await describe(db, object)
  const made = await change()
  const after = await describe(db, object)
  if (JSON.stringify(before) === JSON.stringify(after)) return made
  const {category, auditType: type} = kind
  const activity =
    type === 'Application'
      ? 'Update application – Certificates and secrets management '
      : `${after.length < before.length ? 'Remove' : 'Add'} service principal credentials`
  const target = {type, id: object.id, displayName: String(object['displayName'])}
  const changes = [{property: 'keyDescription', before: JSON.stringify(before), after: JSON.stringify(after)}]
  await audit(db, call, {activity, category, operation: 'Update', targets: [target], changes})
  return made
}

async function describe(db: Queries, {id}: StoredObject): Promise<string[]> {
  const line = (key: string, type: string, name: string | null): string =>
    `[KeyIdentifier=${key},KeyType=${type},KeyUsage=Verify,DisplayName=${name ?? ''}]`
  return [
    ...(await listKeys(db, [id])).map(({keyId, type, displayName}) => line(keyId, type, displayName)),
    ...(await listSecrets(db, [id])).map(({keyId, displayName}) => line(keyId, 'Password', displayName)),
  ]
}
