import {spawn} from 'node:child_process'
import {generateKeyPair, randomBytes, randomUUID} from 'node:crypto'
import type {DirectoryOptions, OpenDirectory} from '../lib/directory/open-directory.ts'
import type {ServedDirectory} from '../lib/directory/serve/serve-directory.ts'
import {networkTransport} from '../lib/http/network.ts'
import type {StoreLocation} from '../lib/model/store-location.ts'
import type {DirectoryDoor, Parts, ServiceOptions} from './context.ts'
import {dataFolders} from './data-folders.ts'
import {processTable} from './process-table.ts'
import {processTerminal} from './process-terminal.ts'

/** The real parts of this process. */
export function processParts(): Parts {
  const environment = process.env
  const terminal = processTerminal(environment)
  return {
    terminal,
    environment,
    folders: dataFolders(environment, process.platform),
    uid: process.geteuid?.(),
    now: () => new Date(),
    newId: () => randomUUID(),
    randomBytes: (size) => randomBytes(size),
    generateKey,
    openDirectory: openEmbedded,
    serveDirectory: serveEmbedded,
    network: networkTransport,
    runAgain,
    interruptible: (work, says) => interruptible(work, (text) => terminal.writeError(text), says),
    processes: processTable(),
  }
}

// Ctrl-C, what ends jobs of a pipeline, and the end of the launcher that an older Node is (bin/run.js).
const endings = ['SIGINT', 'SIGTERM', 'disconnect'] as const

/** Listens to what ends processes while the work lasts, once: what comes second does what it does when nobody listens. */
async function interruptible<Result>(
  work: (signal: AbortSignal) => Promise<Result>,
  writeError: (text: string) => void,
  says = 'Stopping: what was begun is undone.',
): Promise<Result> {
  const controller = new AbortController()
  const stop = (): void => {
    leave()
    writeError(`${says} Ctrl-C again ends it at once.\n`)
    controller.abort()
  }
  const leave = (): void => {
    for (const ending of endings) process.off(ending, stop)
  }
  process.channel?.unref()
  for (const ending of endings) process.on(ending, stop)
  try {
    return await work(controller.signal)
  } finally {
    leave()
  }
}

const generateKey: Parts['generateKey'] = (size) =>
  new Promise((resolve, reject) => {
    const options = {
      modulusLength: size,
      publicKeyEncoding: {type: 'spki', format: 'pem'},
      privateKeyEncoding: {type: 'pkcs8', format: 'pem'},
    } as const
    generateKeyPair('rsa', options, (error, publicKey, privateKey) =>
      error === null ? resolve({privateKey, publicKey}) : reject(error),
    )
  })

/** The embedded directory in a store. FEDCTL_DNS_SERVER is address[:port] of the resolver that verification asks. */
async function openStored(
  store: StoreLocation,
  options: Pick<DirectoryOptions, 'replyAddresses' | 'throttle'> = {},
): Promise<OpenDirectory> {
  const {openDirectory} = await import('../lib/directory/open-directory.ts')
  const dnsServer = process.env['FEDCTL_DNS_SERVER']
  return openDirectory({
    ...options,
    store,
    uid: process.geteuid?.(),
    now: () => new Date(),
    newId: () => randomUUID(),
    randomBytes: (size: number) => randomBytes(size),
    resolveTxt: async (name: string) => {
      const {Resolver} = await import('node:dns/promises')
      const resolver = new Resolver({timeout: 5000, tries: 2})
      if (dnsServer !== undefined && dnsServer !== '') resolver.setServers([dnsServer])
      return resolver.resolveTxt(name)
    },
  })
}

async function openEmbedded(store: StoreLocation): Promise<DirectoryDoor> {
  const directory = await openStored(store)
  return {
    transport: directory.fetch,
    origin: 'https://graph.embedded',
    takesTokens: true,
    ticketFor: directory.ticketFor,
    close: directory.close,
  }
}

async function serveEmbedded(store: StoreLocation, options: ServiceOptions): Promise<ServedDirectory> {
  const [{serveDirectory}, {version}] = await Promise.all([
    import('../lib/directory/serve/serve-directory.ts'),
    import('./version.ts'),
  ])
  return serveDirectory({
    ...options,
    open: (origins) =>
      openStored(store, {
        replyAddresses: origins.map((origin) => `${origin}/login.srf`),
        ...(options.throttle === undefined ? {} : {throttle: options.throttle}),
      }),
    now: () => new Date(),
    newId: () => randomUUID(),
    milliseconds: () => performance.now(),
    facts: () => {
      const {user, system} = process.cpuUsage()
      return {
        version,
        nodeVersion: process.versions.node,
        residentBytes: process.memoryUsage.rss(),
        cpuSeconds: (user + system) / 1_000_000,
        startTime: performance.timeOrigin / 1000,
      }
    },
  })
}

function runAgain(argv: readonly string[], home: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const program = process.argv[1] ?? ''
    const child = spawn(process.execPath, [program, ...argv], {
      stdio: 'inherit',
      // Its own store, whatever is usual here.
      env: {...process.env, FEDCTL_HOME: home, FEDCTL_STORE: ''},
    })
    // Ctrl-C reaches the child as well, which decides what to do about it.
    const wait = (): void => undefined
    process.on('SIGINT', wait)
    child.once('error', reject)
    child.once('exit', (code, signal) => {
      process.off('SIGINT', wait)
      resolve(code ?? (signal === 'SIGINT' ? 130 : 70))
    })
  })
}
