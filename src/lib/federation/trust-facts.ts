import type {GraphClient} from '../graph/graph-client.ts'
import type {Domain} from '../model/domain.ts'
import type {FederationSettings} from '../model/federation-settings.ts'
import {globalAdministratorTemplateId} from '../model/role.ts'
import type {User} from '../model/user.ts'

/** What the directory says about a domain before its trust is changed. */
export interface TrustFacts {
  readonly domain: Domain
  /** Present when the domain is federated. */
  readonly settings?: FederationSettings
  /** All domains of the tenant. */
  readonly domains: readonly Domain[]
  /** The domains below that take their trust from this one. */
  readonly subdomains: readonly string[]
  /** The other federated domains that have settings of their own. */
  readonly otherTrusts: readonly Trust[]
  /** Everybody whose UPN is in the domain or in one of `subdomains`. */
  readonly users: readonly User[]
  /** The users who are Global Administrators. */
  readonly administrators: readonly User[]
  /** The account that the requests are made with; absent for an application. */
  readonly caller?: User
}

/** A domain that is federated, and how. */
export interface Trust {
  readonly domain: string
  readonly settings: FederationSettings
}

/** Reads what a change of a domain's trust has to know; changes nothing. Throws NotFound when the tenant has no such domain. */
export async function readTrustFacts(graph: GraphClient, name: string): Promise<TrustFacts> {
  const trusts = await readTrusts(graph, name)
  const {domain, domains} = trusts
  const subdomains = domains.filter(({rootDomain}) => rootDomain === domain.name).map((below) => below.name)
  const caller = await graph.users.findMe()
  const users: User[] = []
  for (const suffix of [domain.name, ...subdomains]) users.push(...(await listed(graph.users.list({domain: suffix}))))
  return {
    ...trusts,
    subdomains,
    users,
    ...(caller !== undefined && {caller}),
    administrators: await readAdministrators(graph),
  }
}

/** Reads a domain's trust and those of the others, nothing of their users. Throws NotFound when the tenant has no such domain. */
export async function readTrusts(
  graph: GraphClient,
  name: string,
): Promise<Pick<TrustFacts, 'domain' | 'domains' | 'settings' | 'otherTrusts'>> {
  const domain = await graph.domains.get(name)
  const domains = await listed(graph.domains.list())
  const settings = await graph.federationSettings.find(domain.name)
  return {
    domain,
    domains,
    ...(settings !== undefined && {settings}),
    otherTrusts: await readOtherTrusts(graph, domains, domain.name),
  }
}

async function readOtherTrusts(graph: GraphClient, domains: readonly Domain[], name: string): Promise<Trust[]> {
  const trusts: Trust[] = []
  for (const other of domains) {
    if (other.name === name || other.authentication !== 'Federated' || other.rootDomain !== undefined) continue
    const settings = await graph.federationSettings.find(other.name)
    if (settings !== undefined) trusts.push({domain: other.name, settings})
  }
  return trusts
}

async function readAdministrators({roles, users}: GraphClient): Promise<User[]> {
  const role = await roles.find(globalAdministratorTemplateId)
  if (role?.objectId === undefined) return []
  const administrators: User[] = []
  for await (const {objectId, roleMemberType} of roles.members(role.objectId))
    if (roleMemberType === 'User') administrators.push(await users.get(objectId))
  return administrators
}

async function listed<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = []
  for await (const item of items) all.push(item)
  return all
}
