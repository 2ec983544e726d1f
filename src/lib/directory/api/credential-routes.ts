import {badRequest} from '../rules/graph-failure.ts'
import {guidForm} from '../rules/property.ts'
import {removeCredential} from '../store/application-credentials.ts'
import {changingCredentials, makeSecret} from './application-credentials.ts'
import {applications} from './applications.ts'
import {type Answer, context, noContent, ok, type TenantCall, type TenantRoute} from './call.ts'
import type {ObjectKind} from './object-kind.ts'
import {requireObject} from './object-routes.ts'
import {readBody} from './read-body.ts'
import {servicePrincipals} from './service-principals.ts'

/** addPassword and removePassword of applications and service principals. */
export const credentialRoutes: readonly TenantRoute[] = [applications, servicePrincipals].flatMap((kind) => {
  const {resource, write: needs} = kind
  const path = `/${resource.table}/:object`
  return [
    {method: 'POST', path: `${path}/addPassword`, needs, run: (call) => answerNewPassword(call, kind)},
    {method: 'POST', path: `${path}/removePassword`, needs, run: (call) => answerPasswordRemoval(call, kind)},
  ] satisfies TenantRoute[]
})

async function answerNewPassword(call: TenantCall, kind: ObjectKind): Promise<Answer> {
  const {passwordCredential} = readBody(call, kind.resource.type, {passwordCredential: {kind: 'object'}})
  const made = await call.services.store.change(async (db) => {
    const object = await requireObject(db, call, kind)
    return makeSecret(db, call, {kind, object, given: passwordCredential ?? {}})
  })
  return ok({'@odata.context': context(call, 'microsoft.graph.passwordCredential'), ...made})
}

async function answerPasswordRemoval(call: TenantCall, kind: ObjectKind): Promise<Answer> {
  const {keyId} = readBody(call, kind.resource.type, {keyId: {kind: 'text', form: guidForm, notNull: true}})
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
