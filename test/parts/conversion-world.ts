import {createPrivateKey, generateKeyPairSync} from 'node:crypto'
import {existsSync, readdirSync, readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {openSignInClient} from '../../src/lib/directory-client/sign-in-client.ts'
import {conversionResources} from '../../src/lib/federation/conversion-resources.ts'
import {planConversionToFederated} from '../../src/lib/federation/plan-conversion-to-federated.ts'
import {planConversionToStandard} from '../../src/lib/federation/plan-conversion-to-standard.ts'
import {planSignInProof} from '../../src/lib/federation/plan-sign-in-proof.ts'
import {readTrustFacts} from '../../src/lib/federation/trust-facts.ts'
import {type GraphClient, openGraph} from '../../src/lib/graph/graph-client.ts'
import type {Transport} from '../../src/lib/http/transport.ts'
import type {Plan, Resources} from '../../src/lib/plan/plan.ts'
import {openTestDirectory} from './open-test-directory.ts'
import {adfs} from './trust-facts.ts'

export type Direction = 'to federated' | 'to standard'

/** A tenant in the embedded directory of a folder, with the folder's files: what the conversions of contoso.com change. */
export interface ConversionWorld {
  readonly graph: GraphClient
  readonly plan: (direction: Direction) => Promise<Plan>
  readonly resources: (isFirstRun: boolean) => Resources
  /** Everything a conversion may change; passwords apart. */
  readonly look: () => Promise<unknown>
  readonly close: () => Promise<void>
}

const key = (): string =>
  generateKeyPairSync('rsa', {modulusLength: 2048}).privateKey.export({format: 'pem', type: 'pkcs8'}).toString()
let signingKey: string | undefined

/** Makes the tenant of a folder: the domain managed, two users with immutable ids, the key of the identity provider in signing.key. */
export async function makeConversionWorld(folder: string): Promise<void> {
  signingKey ??= key()
  writeFileSync(join(folder, 'signing.key'), signingKey)
  const {directory, newTenant} = await openTestDirectory(join(folder, 'directory.sqlite'))
  const {send} = await newTenant('contoso.onmicrosoft.com', 'none')
  await send('POST', '/domains', {id: 'contoso.com'})
  await send('POST', '/domains/contoso.com/verify')
  for (const [index, name] of ['ada', 'bob'].entries())
    await send('POST', '/users', {
      accountEnabled: true,
      displayName: name,
      mailNickname: name,
      userPrincipalName: `${name}@contoso.com`,
      onPremisesImmutableId: `${index}HhRELdummy==`,
      passwordProfile: {password: 'Corr3ct-Horse'},
    })
  await directory.close()
}

/** Opens the tenant of a folder. `through` stands between the client and the directory. */
export async function openConversionWorld(
  folder: string,
  through: (directory: Transport) => Transport = (directory) => directory,
): Promise<ConversionWorld> {
  const {directory} = await openTestDirectory(join(folder, 'directory.sqlite'))
  const ask = async (path: string, ticket: string) =>
    JSON.parse(
      (
        await directory.fetch({
          method: 'GET',
          url: `http://d.test${path}`,
          headers: {authorization: `Bearer ${ticket}`},
        })
      ).body,
    )
  const [tenant] = (await ask('/fedctl/v1/tenants', directory.ticketFor({}))).value
  const authorization = `Bearer ${directory.ticketFor({tenantId: tenant.id})}`
  const transport: Transport = (request) => directory.fetch({...request, headers: {...request.headers, authorization}})
  const graph = openGraph(through(transport), 'http://d.test/v1.0')
  const healthy = openGraph(transport, 'http://d.test/v1.0')
  const out = join(folder, 'out')
  return {
    graph,
    close: () => directory.close(),
    plan: async (direction) => ({
      id: 'conversion',
      command: 'convert-domain',
      subject: 'contoso.com',
      tenantId: tenant.id,
      createdAt: '2026-11-21T10:00:00.000Z',
      ...(await contentOf(healthy, direction, folder)),
    }),
    resources: (isFirstRun) => {
      let made = 0
      const newPassword = () => `Passw0rd-${isFirstRun}-${++made}`
      const options = {
        isFirstRun,
        newPassword,
        keepsPasswords: true,
        probe: async () => undefined,
        isProviderReady: true,
        signInClient: async () =>
          openSignInClient({open: through(directory.fetch), ticketed: through(transport)}, 'http://d.test'),
        keyIn: async (path: string) => createPrivateKey(readFileSync(path)),
        newId: () => `proof-${isFirstRun}-${++made}`,
        now: () => now,
      }
      return conversionResources(graph, options)
    },
    look: async () => {
      const users = []
      for await (const {userPrincipalName, immutableId} of healthy.users.list())
        users.push([userPrincipalName, immutableId])
      const files = existsSync(out) ? readdirSync(out).filter((name) => name !== 'passwords') : []
      return {
        users,
        domain: await healthy.domains.get('contoso.com'),
        settings: await healthy.federationSettings.find('contoso.com'),
        files: files.map((name) => [name, readFileSync(join(out, name), 'utf8')]),
      }
    },
  }
}

const now = new Date('2026-11-21T10:00:00Z')

async function contentOf(graph: GraphClient, direction: Direction, folder: string) {
  const [out, keyFile] = [join(folder, 'out'), join(folder, 'signing.key')]
  const facts = await readTrustFacts(graph, 'contoso.com')
  const work = {files: [{path: join(out, 'adfs.ps1'), text: direction, before: null}], action: 'run it'}
  if (direction === 'to standard')
    return planConversionToStandard(facts, {passwordFile: join(out, 'passwords'), removal: work})
  // Loaded here, because the processes that are killed make no certificate.
  const {signingIdentity} = await import('./signing-identity.ts')
  const {certificate} = await signingIdentity(readFileSync(keyFile, 'utf8'))
  const settings = adfs(Buffer.from(certificate.der).toString('base64'))
  const conversion = planConversionToFederated(facts, {settings, supportMultipleDomain: false, relyingParty: work, now})
  return planSignInProof(conversion, facts, keyFile)
}
