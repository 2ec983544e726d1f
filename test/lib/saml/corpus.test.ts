import {readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {describe, expect, test} from '@jest/globals'
import {TokenRefusal} from '../../../src/lib/saml/token-refusal.ts'
import {verifyToken} from '../../../src/lib/saml/verify-token.ts'
import {type CorpusEntry, corpusCase, corpusEntries, hasCorpus} from '../../parts/token-corpus.ts'

/** Labelled invalid by the name of the test it is the beginning of, which says of the file itself that it is valid and accepts it. */
const mislabelled = 'crewjam_saml/testdata/TestSPRejectsMalformedResponse_response'

const table = join(process.cwd(), 'test', 'corpus-verdicts.json')

async function judge(entry: CorpusEntry): Promise<string> {
  const {text, expected} = await corpusCase(entry)
  try {
    await verifyToken(text, expected)
    return 'accepted'
  } catch (error) {
    if (error instanceof TokenRefusal) return error.problem
    throw error
  }
}

;(hasCorpus ? describe : describe.skip)('the corpus', () => {
  const entries = corpusEntries()

  test('every file that is invalid is refused, and none of them all makes the judge fail', async () => {
    const accepted: string[] = []
    for (const entry of entries) {
      const verdict = await judge(entry)
      if (verdict === 'accepted' && entry.expected === 'invalid') accepted.push(entry.file)
    }
    expect(accepted).toEqual([mislabelled])
  })

  test('every file that is valid is accepted, or refused by the rule of the table', async () => {
    const verdicts: Record<string, string> = {}
    for (const entry of entries.filter(({expected}) => expected === 'valid')) verdicts[entry.file] = await judge(entry)
    if (process.env['UPDATE'] === '1') writeFileSync(table, `${JSON.stringify(verdicts, null, 2)}\n`)
    expect(verdicts).toEqual(JSON.parse(readFileSync(table, 'utf8')))
  })
})
