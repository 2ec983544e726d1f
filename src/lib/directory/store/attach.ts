import {graphAppRoles, graphScopes, graphServicePrincipalId} from '../rules/graph-permissions.ts'
import type {Resource} from '../rules/resource.ts'
import {listKeys, listSecrets, type StoredKey, type StoredSecret} from './application-credentials.ts'
import type {StoredObject} from './list-objects.ts'
import type {Queries} from './schema.ts'

/** Objects of one tenant, and which of their properties are wanted. */
export interface Showing {
  readonly tenantId: string
  readonly objects: readonly StoredObject[]
  readonly shown: readonly string[]
  /** Of one object, when it is asked for: the bytes of its certificates. */
  readonly withKeys?: boolean
}

/** Objects with what they have outside their own rows, as far as it is shown: credentials, and the permissions of Microsoft Graph. */
export async function attach(
  db: Queries,
  resource: Resource,
  {tenantId, objects, shown, withKeys = false}: Showing,
): Promise<readonly StoredObject[]> {
  if (resource.attached === undefined || objects.length === 0) return objects
  const ids = objects.map(({id}) => id)
  const secrets = shown.includes('passwordCredentials') ? await listSecrets(db, ids) : []
  const keys = shown.includes('keyCredentials') ? await listKeys(db, ids) : []
  return objects.map((object) => ({
    ...object,
    ...(object.id === graphServicePrincipalId(tenantId) ? graphColumns : {}),
    passwordCredentials: secrets.filter(({ownerId}) => ownerId === object.id).map(toPasswordCredential),
    keyCredentials: keys
      .filter(({ownerId}) => ownerId === object.id)
      .map((key) => ({...toKeyCredential(key), ...(withKeys ? {key: key.certificate} : {})})),
  }))
}

const graphColumns = {appRoles: JSON.stringify(graphAppRoles), oauth2PermissionScopes: JSON.stringify(graphScopes)}

/** A secret as Graph shows it: never the secret. */
export const toPasswordCredential = (secret: StoredSecret): object => ({
  customKeyIdentifier: secret.customKeyIdentifier,
  displayName: secret.displayName,
  endDateTime: secret.endDateTime,
  hint: secret.hint,
  keyId: secret.keyId,
  secretText: null,
  startDateTime: secret.startDateTime,
})

/** A certificate as Graph shows it in lists: without its bytes. */
export const toKeyCredential = (key: StoredKey): object => ({
  customKeyIdentifier: key.customKeyIdentifier,
  displayName: key.displayName,
  endDateTime: key.endDateTime,
  key: null,
  keyId: key.keyId,
  startDateTime: key.startDateTime,
  type: key.type,
  usage: key.usage,
})
