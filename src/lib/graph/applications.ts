import {FedctlError} from '../errors/fedctl-error.ts'
import type {Application, ApplicationChange, WantedSecret} from '../model/application.ts'
import {type Guid, readGuid} from '../model/guid.ts'
import type {GraphApi} from './graph-api.ts'
import {flag, type Json, optionalText, present, text} from './json.ts'
import {literal, query, segment} from './odata.ts'
import {toApplication, toGraphApplication} from './to-application.ts'

/** Applications of the tenant. `objectId` is that of the registration, `principalId` that of the service principal. */
export interface ApplicationsClient {
  /** Without what only one application is shown with. */
  list(): AsyncIterable<Application>
  /** By application id, object id, identifier URI or name (any case); undefined when there is none. Throws Refused when several have the name. */
  find(identity: string): Promise<Application | undefined>
  get(identity: string): Promise<Application>
  create(change: ApplicationChange): Promise<{readonly objectId: string; readonly appId: string}>
  update(objectId: string, change: ApplicationChange): Promise<void>
  remove(objectId: string): Promise<void>
  /** With its service principal and what that may. */
  restore(objectId: string): Promise<void>
  /** Gives the id of the new service principal. */
  createPrincipal(appId: string): Promise<string>
  setEnabled(principalId: string, accountEnabled: boolean): Promise<void>
  removePrincipal(principalId: string): Promise<void>
  /** Gives the secret, which is told only now, and its id. */
  addSecret(objectId: string, wanted: WantedSecret): Promise<{readonly keyId: string; readonly secret: string}>
  removeSecret(objectId: string, keyId: string): Promise<void>
  /** Puts the certificates: those of `keep` stay, those of `add` (base64 of DER) come. */
  setCertificates(objectId: string, change: {keep: readonly string[]; add: readonly string[]}): Promise<void>
}

const applicationPath = (objectId: string): string => `/applications/${segment(objectId)}`
const principalPath = (principalId: string): string => `/servicePrincipals/${segment(principalId)}`

/** Applications over the Graph API. */
export function applicationsClient(api: GraphApi): ApplicationsClient {
  const whole = async (json: Json): Promise<Application> => {
    const options = query({$filter: `appId eq ${literal(text(json, 'appId'))}`, $select: 'id,accountEnabled'})
    for await (const principal of api.list(`/servicePrincipals${options}`))
      return {
        ...toApplication(json),
        servicePrincipalId: text(principal, 'id'),
        accountEnabled: flag(principal, 'accountEnabled'),
      }
    return toApplication(json)
  }
  const find = async (identity: string): Promise<Application | undefined> => {
    const json = await findOne(api, identity)
    return json === undefined ? undefined : whole(json)
  }
  return {
    find,
    async *list() {
      for await (const json of api.list('/applications?$top=999')) yield toApplication(json)
    },
    async get(identity) {
      const found = await find(identity)
      if (found !== undefined) return found
      throw new FedctlError('NotFound', `There is no application ${identity} in this tenant.`, {
        hints: ['fedctl get-application shows all.'],
      })
    },
    async create(change) {
      const json = await api.post('/applications', toGraphApplication(change))
      return {objectId: text(json, 'id'), appId: text(json, 'appId')}
    },
    update: (objectId, change) => api.patch(applicationPath(objectId), toGraphApplication(change)),
    remove: (objectId) => api.delete(applicationPath(objectId)),
    restore: async (objectId) => void (await api.post(`/directory/deletedItems/${segment(objectId)}/restore`)),
    createPrincipal: async (appId) => text(await api.post('/servicePrincipals', {appId}), 'id'),
    setEnabled: (principalId, accountEnabled) => api.patch(principalPath(principalId), {accountEnabled}),
    removePrincipal: (principalId) => api.delete(principalPath(principalId)),
    async addSecret(objectId, {displayName, endDate}) {
      const passwordCredential = present({displayName, endDateTime: endDate})
      const json = await api.post(`${applicationPath(objectId)}/addPassword`, {passwordCredential})
      return {keyId: text(json, 'keyId'), secret: text(json, 'secretText')}
    },
    removeSecret: async (objectId, keyId) =>
      void (await api.post(`${applicationPath(objectId)}/removePassword`, {keyId})),
    setCertificates: (objectId, change) => setCertificates(api, objectId, change),
  }
}

async function findOne(api: GraphApi, identity: string): Promise<Json | undefined> {
  const guid = readGuid(identity)
  if (guid.ok) return findById(api, guid.value)
  const filter = identity.includes(':') ? `identifierUris/any(u:u eq ${literal(identity)})` : undefined
  const options = query({$filter: filter ?? `displayName eq ${literal(identity)}`, $top: '2'})
  const found: Json[] = []
  for await (const json of api.list(`/applications${options}`)) found.push(json)
  if (found.length < 2) return found[0]
  throw new FedctlError('Refused', `Several applications are called ${identity}.`, {
    hints: ['Give the application id or the object id of one of them.'],
    details: found.map((json) => `${text(json, 'appId')} of ${optionalText(json, 'createdDateTime') ?? ''}`),
  })
}

/** By application id, or else by object id. */
async function findById(api: GraphApi, id: Guid): Promise<Json | undefined> {
  for (const property of ['appId', 'id'])
    for await (const json of api.list(`/applications${query({$filter: `${property} eq ${literal(id)}`})}`)) return json
  return undefined
}

async function setCertificates(
  api: GraphApi,
  objectId: string,
  {keep, add}: {keep: readonly string[]; add: readonly string[]},
): Promise<void> {
  const kept: object[] = []
  // Without $select the list is the same, and the bytes of the keys need not be sent again.
  if (keep.length > 0) {
    const {keyCredentials} = await api.get(applicationPath(objectId))
    const present = Array.isArray(keyCredentials) ? (keyCredentials as Json[]) : []
    kept.push(...present.filter((key) => keep.includes(String(key['keyId']))))
  }
  const added = add.map((key) => ({type: 'AsymmetricX509Cert', usage: 'Verify', key}))
  await api.patch(applicationPath(objectId), {keyCredentials: [...kept, ...added]})
}
