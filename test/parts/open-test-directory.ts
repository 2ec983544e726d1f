import {createHash} from 'node:crypto'
import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {type DirectoryOptions, type OpenDirectory, openDirectory} from '../../src/lib/directory/open-directory.ts'
import type {HttpRequest} from '../../src/lib/model/http-message.ts'
import {contracted} from './graph-contract.ts'
import {testStore} from './test-store.ts'

export type Json = Record<string, unknown>

/** What a request came back with; `json` is empty when there was no body. */
export interface Reply {
  readonly status: number
  readonly json: Json
  readonly text: string
  readonly headers: Readonly<Record<string, string>>
}

/** Sends one request to Graph's paths (/users …) or to a whole one (/fedctl/v1 …). */
export type Send = (
  method: HttpRequest['method'],
  path: string,
  body?: unknown,
  headers?: Record<string, string>,
) => Promise<Reply>

/** A tenant of a test directory. */
export interface TestTenant {
  readonly id: string
  readonly administratorId: string
  readonly administrator: string
  readonly password: string
  /** As the owner of the store. */
  readonly send: Send
}

/** A directory in a temporary file, with a clock that stands still, ids that count and randomness from a seed. */
export interface TestDirectory {
  readonly directory: OpenDirectory
  readonly file: string
  /** The clock: set it. */
  readonly clock: {now: Date}
  /** What DNS has: TXT records by name; an Error is thrown. */
  readonly txt: Map<string, string[][] | Error>
  readonly ownerSend: Send
  newTenant(initialDomain?: string, domainVerification?: 'dns' | 'none'): Promise<TestTenant>
  sendAs(caller: {tenantId?: string; accountId?: string}): Send
  /** Closes it and opens the same file again. */
  reopen(): Promise<TestDirectory>
  close(): Promise<void>
}

/** Opens one; `file` only to share it with another, `replyAddresses` where its tokens are posted besides the cloud's address. */
export async function openTestDirectory(
  file = join(mkdtempSync(join(tmpdir(), 'fedctl-directory-')), 'directory.db'),
  replyAddresses: readonly string[] = ['https://directory.test/login.srf'],
  throttle: Pick<DirectoryOptions, 'throttle'> = {},
): Promise<TestDirectory> {
  const clock = {now: new Date('2026-11-21T10:00:00Z')}
  const txt = new Map<string, string[][] | Error>()
  const opened = await openDirectory({
    store: testStore(file),
    uid: process.geteuid?.(),
    now: () => clock.now,
    newId: counter(file),
    randomBytes: seeded(file),
    replyAddresses,
    ...throttle,
    async resolveTxt(name) {
      const found = txt.get(name) ?? Object.assign(new Error(`queryTxt ENOTFOUND ${name}`), {code: 'ENOTFOUND'})
      if (found instanceof Error) throw found
      return found
    },
  })
  const directory = contracted(opened)
  const sendAs = (caller: {tenantId?: string; accountId?: string}): Send =>
    sender(directory, directory.ticketFor(caller))
  const ownerSend = sendAs({})
  return {
    directory,
    file,
    clock,
    txt,
    ownerSend,
    sendAs,
    async newTenant(initialDomain = 'syfuhs.onmicrosoft.com', domainVerification = 'none') {
      const body = {displayName: 'Syfuhs', initialDomain, domainVerification}
      const {json} = await ownerSend('POST', '/fedctl/v1/tenants', body)
      const {id, userPrincipalName, password} = json['administrator'] as Record<string, string>
      const tenantId = String(json['id'])
      const send = sendAs({tenantId})
      return {
        id: tenantId,
        administratorId: `${id}`,
        administrator: `${userPrincipalName}`,
        password: `${password}`,
        send,
      }
    },
    async reopen() {
      await directory.close()
      return openTestDirectory(file)
    },
    async close() {
      await directory.close()
      rmSync(join(file, '..'), {recursive: true, force: true})
    },
  }
}

export function sender(directory: OpenDirectory, ticket: string): Send {
  return async (method, path, body, headers = {}) => {
    const response = await directory.fetch({
      method,
      url: `http://directory.test${path.startsWith('/fedctl') || path.startsWith('/v1.0') || path.startsWith('/beta') ? '' : '/v1.0'}${path}`,
      headers: {authorization: `Bearer ${ticket}`, ...headers},
      ...(body === undefined ? {} : {body: typeof body === 'string' ? body : JSON.stringify(body)}),
    })
    const isJson = response.headers['content-type'] === 'application/json'
    return {...response, text: response.body, json: isJson ? (JSON.parse(response.body) as Json) : {}}
  }
}

// Two directories on one file must not count the same ids.
let opened = 0

function counter(file: string): () => string {
  let next = 0
  const group = String(++opened).padStart(4, '0')
  return () =>
    `${createHash('sha256').update(file).digest('hex').slice(0, 8)}-${group}-4000-8000-${String(++next).padStart(12, '0')}`
}

function seeded(file: string): (size: number) => Uint8Array {
  let block = 0
  const seed = `${file} ${++opened}`
  return (size) => {
    const hash = (): Buffer => createHash('sha512').update(`${seed} ${block++}`).digest()
    return Buffer.concat(Array.from({length: Math.ceil(size / 64)}, hash)).subarray(0, size)
  }
}
