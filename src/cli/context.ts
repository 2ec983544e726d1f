import type {ServerIdentity} from '../lib/certificates/server-identity.ts'
import type {ServedDirectory, ServeOptions} from '../lib/directory/serve/serve-directory.ts'
import type {DirectoryClient} from '../lib/directory-client/directory-client.ts'
import type {SignInClient} from '../lib/directory-client/sign-in-client.ts'
import type {TokenRulesClient} from '../lib/directory-client/token-rules.ts'
import {FedctlError} from '../lib/errors/fedctl-error.ts'
import type {GraphClient} from '../lib/graph/graph-client.ts'
import {authorized} from '../lib/http/authorized.ts'
import {type RecordedRequest, recording} from '../lib/http/recording.ts'
import {traced} from '../lib/http/traced.ts'
import type {Transport} from '../lib/http/transport.ts'
import type {StoreLocation} from '../lib/model/store-location.ts'
import type {Processes} from '../lib/plan/journal-file.ts'
import type {Profile} from '../lib/profiles/profile.ts'
import {openProfileFile, type ProfileFile} from '../lib/profiles/profile-file.ts'
import type {DataFolders} from './data-folders.ts'
import {requireStore, requiringTenant} from './kept-store.ts'
import type {Terminal} from './terminal.ts'
import {storeText, storeToRemember, toStoreLocation} from './wanted-store.ts'

/** The way into a directory: a Transport, where it is, and tickets for it. */
export interface DirectoryDoor {
  readonly transport: Transport
  /** Scheme and host. */
  readonly origin: string
  /** It is a directory of ours: tokens can be posted to its /login.srf, and the sessions that come of them be ended. */
  readonly takesTokens: boolean
  ticketFor(caller: {tenantId?: string; accountId?: string}): string
  close(): Promise<void>
}

/** How a directory is served: where, under which certificate, and who hears of its requests. */
export interface ServiceOptions extends Pick<ServeOptions, 'listen' | 'names' | 'served' | 'failed'> {
  readonly identity: ServerIdentity
  /** As openDirectory takes it. */
  readonly throttle: {readonly scale: number} | undefined
}

/** The real parts; everything the outside can do to a command line comes through one of these. */
export interface Parts {
  readonly terminal: Terminal
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly folders: DataFolders
  /** The numeric id of the user this process runs as, to whom our files must belong; undefined on Windows. */
  readonly uid: number | undefined
  readonly now: () => Date
  readonly newId: () => string
  readonly randomBytes: (size: number) => Uint8Array
  /** A new RSA key pair; takes a while. */
  readonly generateKey: (size: 2048 | 3072 | 4096) => Promise<{privateKey: string; publicKey: string}>
  /** The embedded directory in a store. */
  readonly openDirectory: (location: StoreLocation) => Promise<DirectoryDoor>
  /** The embedded directory in a store, behind a socket of this machine. */
  readonly serveDirectory: (location: StoreLocation, options: ServiceOptions) => Promise<ServedDirectory>
  /** Requests that leave the machine. */
  readonly network: () => Transport
  /** Runs one more command line of fedctl as a process of its own, with this FEDCTL_HOME; what it writes goes on this one's streams. */
  readonly runAgain: (argv: readonly string[], home: string) => Promise<number>
  /**
   * Runs work that has to undo something when it is stopped: the first Ctrl-C aborts the signal. The second one, and any at another time,
   * ends the process at once. `says` is what a person is told at the first; that what was begun is undone, when it is not given.
   */
  readonly interruptible: <Result>(work: (signal: AbortSignal) => Promise<Result>, says?: string) => Promise<Result>
  /** Which processes live: another one may be carrying out a plan. */
  readonly processes: Processes
}

/** How this command line wants to work: flags that concern all commands. */
export interface ContextOptions {
  readonly profile?: string
  readonly verbose?: boolean
  readonly debug?: boolean
  /** Where the store is, and the file with the password of its server. */
  readonly store?: string
  readonly storePasswordFile?: string
  /** Record requests instead of sending them; reads pass when a plan needs them. */
  readonly record?: {readonly to: (request: RecordedRequest) => void; readonly readsPass: boolean}
}

/** What a command gets of the world. Doors open when they are first asked for, and close with the context. */
export interface Context extends Parts {
  with(options: ContextOptions): Context
  readonly profiles: ProfileFile
  profile(): Promise<Profile>
  /** What a profile that is made now has to remember of the store; undefined of the usual one. */
  readonly storeToRemember: string | undefined
  graph(): Promise<GraphClient>
  /** What the trusts of the profile's tenant allow their tokens; only the embedded directory knows. */
  tokenRules(): Promise<TokenRulesClient>
  /** `newStore`: makes a store file that is not there; else the store is that of the profile. */
  directoryClient(options?: {readonly newStore: boolean}): Promise<DirectoryClient>
  /** The door by which users of the profile's tenant come in; undefined where the directory is not one of ours. */
  signInClient(): Promise<SignInClient | undefined>
  /** Serves the store, once it is known to be there and its options are made. */
  serve(options: () => Promise<ServiceOptions>): Promise<{served: ServedDirectory; identity: ServerIdentity}>
  /** Says what is done, when asked to be verbose. */
  note(text: string): void
  warn(text: string): void
  close(): Promise<void>
}

/** Composes the context of one command line. */
export function createContext(parts: Parts): Context {
  const doors = new Map<string, Promise<DirectoryDoor>>()
  const directory = (store: StoreLocation): Promise<DirectoryDoor> => {
    const door = doors.get(nameOf(store)) ?? parts.openDirectory(store)
    doors.set(nameOf(store), door)
    return door
  }
  const close = async (): Promise<void> => {
    for (const door of doors.values()) await (await door.catch(() => undefined))?.close()
  }
  return contextOver({...parts, directory, close}, {})
}

interface Shared extends Parts {
  directory(store: StoreLocation): Promise<DirectoryDoor>
  close(): Promise<void>
}

function contextOver(shared: Shared, options: ContextOptions): Context {
  const {terminal, environment, folders} = shared
  const profiles = openProfileFile(folders.config, shared.uid)
  const say = (text: string): void => terminal.writeError(`${text}\n`)
  const spoken = (transport: Transport): Transport => (options.debug === true ? traced(transport, say) : transport)
  const open = (transport: Transport): Transport =>
    options.record === undefined ? transport : recording(transport, options.record.to, options.record.readsPass)
  const wrapped = (transport: Transport, token: () => string): Transport =>
    open(authorized(spoken(transport), async () => token()))
  const wantedProfile = options.profile ?? environment['FEDCTL_PROFILE']
  const profile = (): Promise<Profile> => profileOf(profiles, wantedProfile)
  const storeOf = (remembered?: string): Promise<StoreLocation> =>
    toStoreLocation(storeText(shared, options, remembered), shared, options)
  /** For work on the store itself: there may be no profile yet. */
  const storeOfProfile = async (): Promise<StoreLocation> => {
    const {current = '', profiles: known} = await profiles.read()
    return storeOf(known[wantedProfile || current]?.store)
  }
  const ofTenant = async () => {
    const chosen = await profile()
    const store = await storeOf(chosen.store)
    requireStore(store, chosen)
    const door = await shared.directory(store)
    const {tenantId, accountId} = chosen
    const transport = wrapped(door.transport, () => door.ticketFor({tenantId, accountId}))
    return {transport: requiringTenant(transport, nameOf(store), chosen), origin: door.origin, door}
  }
  return {
    ...shared,
    profiles,
    profile,
    storeToRemember: storeToRemember(shared, options),
    with: (more) => contextOver(shared, {...options, ...more}),
    async graph() {
      const [{transport, origin}, {openGraph}] = await Promise.all([ofTenant(), import('../lib/graph/graph-client.ts')])
      return openGraph(transport, `${origin}/v1.0`)
    },
    async tokenRules() {
      const [{transport, origin}, {openTokenRules}] = await Promise.all([
        ofTenant(),
        import('../lib/directory-client/token-rules.ts'),
      ])
      return openTokenRules(transport, origin)
    },
    async directoryClient({newStore} = {newStore: false}) {
      const store = await (newStore ? storeOf() : storeOfProfile())
      if (!newStore) requireStore(store)
      const [door, {openDirectoryClient}] = await Promise.all([
        shared.directory(store),
        import('../lib/directory-client/directory-client.ts'),
      ])
      return openDirectoryClient(
        wrapped(door.transport, () => door.ticketFor({})),
        door.origin,
      )
    },
    async signInClient() {
      const {transport: ticketed, origin, door} = await ofTenant()
      if (!door.takesTokens) return undefined
      const {openSignInClient} = await import('../lib/directory-client/sign-in-client.ts')
      // No ticket goes with a token: a refusal is a 401 too, and must not post it once more.
      return openSignInClient({open: open(spoken(door.transport)), ticketed}, origin)
    },
    async serve(toOptions) {
      const store = await storeOfProfile()
      requireStore(store)
      const options = await toOptions()
      return {served: await shared.serveDirectory(store, options), identity: options.identity}
    },
    note: (text) => {
      if (options.verbose === true || options.debug === true) say(text)
    },
    warn: (text) => say(`Warning: ${text}`),
  }
}

const nameOf = (store: StoreLocation): string => (typeof store === 'string' ? store : store.url)

async function profileOf(file: ProfileFile, wanted: string | undefined): Promise<Profile> {
  const {current, profiles} = await file.read()
  const name = wanted === undefined || wanted === '' ? current : wanted
  const known = Object.keys(profiles).join(', ')
  if (name === undefined)
    throw new FedctlError('TenantNotFound', 'There is no tenant to work on.', {
      hints: [known === '' ? 'Make one: fedctl new-tenant contoso' : `Choose one with --profile; there are: ${known}.`],
    })
  const profile = Object.hasOwn(profiles, name) ? profiles[name] : undefined
  if (profile !== undefined) return profile
  throw new FedctlError('TenantNotFound', `There is no profile "${name}".`, {
    hints: [known === '' ? 'There is none at all: make a tenant with fedctl new-tenant.' : `There are: ${known}.`],
  })
}
