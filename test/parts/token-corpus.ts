import {X509Certificate} from 'node:crypto'
import {existsSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {readCertificates} from '../../src/lib/certificates/read-certificates.ts'
import type {ExpectedToken} from '../../src/lib/saml/expected-token.ts'
import {readPostedToken} from '../../src/lib/saml/read-posted-token.ts'

/** A file of the corpus that others have collected, and what must become of it. */
export interface CorpusEntry {
  readonly file: string
  readonly kind: string
  readonly expected: 'valid' | 'invalid' | 'either' | 'valid-if-decrypted' | 'parse' | 'vector'
  readonly cert: string | null
  readonly conditions?: Readonly<Record<string, string>>
}

/** Where the reference material is, if it is there at all. */
export const sharedFolder = join(process.cwd(), '..', 'shared')
/** Where the corpus is. */
export const corpusFolder = join(sharedFolder, 'security', 'corpus')
/** Whether the corpus is there. */
export const hasCorpus = existsSync(corpusFolder)

/** The files of the corpus; none where it is missing. */
export const corpusEntries = (): CorpusEntry[] =>
  hasCorpus ? JSON.parse(readFileSync(join(corpusFolder, 'index.json'), 'utf8')) : []

/**
 * The text of an entry, and the expectation that is most favourable to it: what it says of itself where the index says nothing, its own
 * certificate where it has none, a time at which it is valid, the longest lifetime, SHA-1 allowed.
 */
export async function corpusCase({
  file,
  cert,
  conditions = {},
}: CorpusEntry): Promise<{text: string; expected: ExpectedToken}> {
  const {text} = readPostedToken(readFileSync(join(corpusFolder, file), 'utf8'))
  const first = (pattern: RegExp): string => pattern.exec(text)?.[1] ?? ''
  const {recipient, destination, inResponseTo} = conditions
  const begin = conditions['notBefore'] ?? first(/NotBefore="([^"]*)"/)
  const issued = first(/<(?:\w+:)?Assertion[^>]*IssueInstant="([^"]*)"/)
  const at = [issued, begin].map((time) => new Date(time)).find((time) => !Number.isNaN(time.getTime()))
  const expected: ExpectedToken = {
    certificates: await certificatesOf(text, cert),
    issuer: (conditions['issuer'] ?? first(/Issuer(?:="|\b[^>]*>)([^"<]*)/)).trim(),
    audience: conditions['audience'] ?? first(/Audience>([^<]*)</),
    ...(recipient !== undefined && recipient === destination ? {recipients: [recipient]} : {}),
    ...(inResponseTo === undefined ? {} : {requestId: inResponseTo}),
    at: at ?? new Date('2026-11-21T12:00:00Z'),
    lifetimeMinutes: 24 * 60,
    allowSha1: true,
  }
  return {text, expected}
}

async function certificatesOf(text: string, cert: string | null): Promise<X509Certificate[]> {
  const embedded = Array.from(text.matchAll(/X509Certificate>([^<]*)</g), ([, base64]) => base64 ?? '')
  const contents = cert === null ? embedded : [readFileSync(join(corpusFolder, cert))]
  const found = await Promise.all(
    contents.map((content) =>
      readCertificates(content, {name: cert ?? 'KeyInfo', passphrase: undefined}).catch(() => []),
    ),
  )
  return found.flat().map(({der}) => new X509Certificate(der))
}
