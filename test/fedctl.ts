import {createHash, generateKeyPairSync} from 'node:crypto'
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import type {DirectoryDoor, Parts} from '../src/cli/context.ts'
import {main} from '../src/cli/main.ts'
import type {Confirmation, Prompts} from '../src/cli/terminal.ts'
import {type OpenDirectory, openDirectory} from '../src/lib/directory/open-directory.ts'
import {serveDirectory} from '../src/lib/directory/serve/serve-directory.ts'
import {networkTransport} from '../src/lib/http/network.ts'
import type {Transport} from '../src/lib/http/transport.ts'
import type {StoreLocation} from '../src/lib/model/store-location.ts'
import {contracted} from './parts/graph-contract.ts'
import {serviceParts} from './parts/service-parts.ts'
import {isOnServer, testStore} from './parts/test-store.ts'

/** What one command line did. */
export interface Outcome {
  readonly stdout: string
  readonly stderr: string
  readonly exitCode: number
}

export interface WorldOptions {
  /** The way to the directory: in process unless a test serves it over a socket. */
  readonly through?: (door: DirectoryDoor) => Promise<DirectoryDoor>
  /** Answers to questions, in order; with any, the terminal is interactive. */
  readonly answers?: readonly string[]
  readonly environment?: Readonly<Record<string, string>>
  readonly network?: Transport
  /** Ctrl-C. */
  readonly interruption?: AbortSignal
  readonly now?: () => Date
  /** What the name of its folder begins with. */
  readonly name?: string
  /** Another world, other ids: for a world that begins as a copy. */
  readonly seed?: string
  readonly resolveTxt?: (name: string) => Promise<string[][]>
}

/** A folder, a clock that stands still, ids and randomness from a seed: the world in which a test's command lines run one after another. */
export interface World {
  readonly home: string
  run(...argv: readonly string[]): Promise<Outcome>
  remove(): void
}

export const frozenTime = '2026-11-21T12:00:00.000Z'

/** Opens a fresh world with nothing in it. */
export function openWorld(options: WorldOptions = {}): World {
  const home = mkdtempSync(join(tmpdir(), options.name ?? 'fedctl-'))
  // The directory draws from a stream of its own, so that what it does changes no id of the command line.
  const random = seededRandom(options.seed ?? 'fedctl')
  const directoryRandom = seededRandom(`${options.seed ?? 'fedctl'} directory`)
  const answers = [...(options.answers ?? [])]
  return {
    home,
    remove: () => rmSync(home, {recursive: true, force: true}),
    async run(...argv) {
      const stdout: string[] = []
      const stderr: string[] = []
      const parts: Parts = {
        terminal: {
          isInteractive: options.answers !== undefined,
          outputIsTerminal: false,
          width: undefined,
          hasColors: false,
          errorsHaveColors: false,
          write: (text) => void stdout.push(text),
          writeError: (text) => void stderr.push(text),
          prompts: promptsFrom(answers),
        },
        environment: options.environment ?? {},
        folders: {data: home, config: home},
        uid: process.geteuid?.(),
        now: options.now ?? (() => new Date(frozenTime)),
        newId: () => idFrom(random(16)),
        randomBytes: random,
        generateKey,
        openDirectory: async (store) => openDoor(store, options, directoryRandom),
        serveDirectory: (store, service) =>
          serveDirectory({...serviceParts, ...service, open: () => openStored(store, options, directoryRandom)}),
        network: () => options.network ?? networkTransport(),
        runAgain: async () => 70,
        interruptible: (work) => work(options.interruption ?? new AbortController().signal),
        processes: {self: {pid: process.pid, startedAt: 'then'}, isRunning: () => false},
      }
      const exitCode = await main(argv, parts)
      return {stdout: stdout.join(''), stderr: stderr.join(''), exitCode}
    },
  }
}

const openStored = async (
  store: StoreLocation,
  {now, resolveTxt}: WorldOptions,
  random: Parts['randomBytes'],
): Promise<OpenDirectory> =>
  contracted(
    await openDirectory({
      store: typeof store === 'string' ? testStore(store) : store,
      uid: process.geteuid?.(),
      now: now ?? (() => new Date(frozenTime)),
      newId: () => idFrom(random(16)),
      randomBytes: random,
      resolveTxt: resolveTxt ?? noSuchName,
    }),
  )

async function openDoor(
  store: StoreLocation,
  options: WorldOptions,
  random: Parts['randomBytes'],
): Promise<DirectoryDoor> {
  // What commands look for before they ask.
  if (isOnServer && typeof store === 'string') writeFileSync(store, '', {flag: 'a'})
  const directory = await openStored(store, options, random)
  const door = {
    transport: directory.fetch,
    origin: 'https://graph.embedded',
    takesTokens: true,
    ticketFor: directory.ticketFor,
    close: directory.close,
  }
  return options.through === undefined ? door : options.through(door)
}

const noSuchName = async (name: string): Promise<string[][]> => {
  throw Object.assign(new Error(`queryTxt ENOTFOUND ${name}`), {code: 'ENOTFOUND'})
}

/** The same bytes in the same order in every run. */
function seededRandom(seed: string): (size: number) => Uint8Array {
  let count = 0
  return (size) => {
    const blocks: Buffer[] = []
    for (let length = 0; length < size; length += 32)
      blocks.push(createHash('sha256').update(`${seed} ${count++}`).digest())
    return new Uint8Array(Buffer.concat(blocks).subarray(0, size))
  }
}

const idFrom = (bytes: Uint8Array): string =>
  Buffer.from(bytes)
    .toString('hex')
    .replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, '$1-$2-4$3-8$4-$5')

let keyPair: {privateKey: string; publicKey: string} | undefined

/** One key for all tests of a process: making one costs a third of a second. */
const generateKey: Parts['generateKey'] = async (size) => {
  keyPair ??= generateKeyPairSync('rsa', {
    modulusLength: size,
    publicKeyEncoding: {type: 'spki', format: 'pem'},
    privateKeyEncoding: {type: 'pkcs8', format: 'pem'},
  })
  return keyPair
}

function promptsFrom(answers: string[]): Prompts {
  const next = (): string => {
    const answer = answers.shift()
    if (answer === undefined) throw new Error('the test has no answer left')
    return answer
  }
  return {
    confirm: async () => next() as Confirmation,
    choose: async (_question, choices) =>
      (choices.find(({value}) => value === next())?.value ?? choices[0]?.value) as never,
    password: async () => next(),
    input: async () => next(),
  }
}
