import type {Domain, DomainVerificationRecord} from '../model/domain.ts'
import {isSubdomainOf} from '../model/domain-name.ts'
import type {GraphApi} from './graph-api.ts'
import {flag, type Json, optionalText, present, text, texts} from './json.ts'
import {segment} from './odata.ts'

/** What the settings of a domain can be changed to. */
export interface DomainChange {
  readonly isDefault?: true
  readonly authentication?: 'Managed'
}

/** Domains of the tenant. */
export interface DomainsClient {
  list(): AsyncIterable<Domain>
  get(name: string): Promise<Domain>
  create(name: string): Promise<Domain>
  update(name: string, change: DomainChange): Promise<void>
  remove(name: string): Promise<void>
  verify(name: string): Promise<Domain>
  verificationRecords(name: string): AsyncIterable<DomainVerificationRecord>
  /** Object ids and names of what still uses the domain. */
  references(name: string): AsyncIterable<DomainReference>
}

/** Something that uses the name of a domain. */
export interface DomainReference {
  readonly objectId: string
  readonly objectType: string
  readonly displayName?: string
  readonly userPrincipalName?: string
}

const verifyAdvice = (name: string): string =>
  `Publish the record (fedctl get-domain-verification-dns ${name}); DNS takes up to an hour to show it everywhere.`

const path = (name: string): string => `/domains/${segment(name)}`

/** Domains over the Graph API. */
export function domainsClient(api: GraphApi): DomainsClient {
  return {
    async *list() {
      const all: Json[] = []
      for await (const json of api.list('/domains')) all.push(json)
      const roots = all.filter((json) => json['isRoot'] === true).map((json) => text(json, 'id'))
      for (const json of all) yield toDomain(json, rootOf(text(json, 'id'), roots))
    },
    async get(name) {
      const json = await api.get(path(name), `domain ${name}`)
      const hasRoot = json['isRoot'] === false && flag(json, 'isVerified')
      return toDomain(json, hasRoot ? text(await api.get(`${path(name)}/rootDomain`), 'id') : undefined)
    },
    create: async (name) => toDomain(await api.post('/domains', {id: name})),
    update: (name, {isDefault, authentication}) =>
      api.patch(path(name), present({isDefault, authenticationType: authentication})),
    remove: (name) => api.delete(path(name)),
    verify: async (name) => toDomain(await api.post(`${path(name)}/verify`, undefined, verifyAdvice(name))),
    async *verificationRecords(name) {
      await api.get(path(name), `domain ${name}`)
      for await (const json of api.list(`${path(name)}/verificationDnsRecords`)) yield toRecord(json)
    },
    async *references(name) {
      for await (const json of api.list(`${path(name)}/domainNameReferences`)) yield toReference(json)
    },
  }
}

// supportedServices has more names than MSOnline's Capabilities had.
const capabilities = new Set(['Email', 'OfficeCommunicationsOnline', 'Sharepoint', 'Yammer', 'Intune'])

function toDomain(json: Json, root?: string): Domain {
  const name = text(json, 'id')
  const deleting = (json['state'] as Json | null | undefined)?.['operation'] === 'ForceDelete'
  return present({
    authentication: json['authenticationType'] === 'Federated' ? ('Federated' as const) : ('Managed' as const),
    capabilities: texts(json, 'supportedServices').filter((service) => capabilities.has(service)),
    isDefault: flag(json, 'isDefault'),
    isInitial: flag(json, 'isInitial'),
    name,
    rootDomain: json['isRoot'] === false && flag(json, 'isVerified') ? root : undefined,
    status: deleting
      ? ('PendingDeletion' as const)
      : flag(json, 'isVerified')
        ? ('Verified' as const)
        : ('Unverified' as const),
  })
}

/** The nearest root above a name: a list of domains says only which ones are roots. */
const rootOf = (name: string, roots: readonly string[]): string | undefined =>
  roots.filter((root) => isSubdomainOf(name, root)).sort((one, other) => other.length - one.length)[0]

function toRecord(json: Json): DomainVerificationRecord {
  const preference = json['preference']
  return present({
    label: text(json, 'label'),
    recordType: json['recordType'] === 'Mx' ? ('Mx' as const) : ('Txt' as const),
    text: optionalText(json, 'text'),
    mailExchange: optionalText(json, 'mailExchange'),
    preference: typeof preference === 'number' ? preference : undefined,
    ttl: typeof json['ttl'] === 'number' ? json['ttl'] : 3600,
  })
}

const toReference = (json: Json): DomainReference =>
  present({
    objectId: text(json, 'id'),
    objectType: (optionalText(json, '@odata.type') ?? '').replace('#microsoft.graph.', ''),
    displayName: optionalText(json, 'displayName'),
    userPrincipalName: optionalText(json, 'userPrincipalName'),
  })
