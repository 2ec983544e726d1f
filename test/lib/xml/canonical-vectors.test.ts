import {X509Certificate} from 'node:crypto'
import {readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {describe, expect, test} from '@jest/globals'
import {canonicalVectors} from '../../parts/canonical-vectors.ts'
import {rsaKey, signingIdentity} from '../../parts/signing-identity.ts'
import {corpusEntries, hasCorpus} from '../../parts/token-corpus.ts'
import {verifyOctets} from '../../parts/verify-octets.ts'

const table = join(process.cwd(), 'test', 'vector-verdicts.json')
const key = rsaKey()
const signer = {key, certificate: new X509Certificate((await signingIdentity(key)).certificate.der)}

;(hasCorpus ? describe : describe.skip)('the canonicalization vectors', () => {
  const files = corpusEntries().flatMap(({file, expected}) => (expected === 'vector' ? [file] : []))

  test('every one is what the judge digests, or breaks the rule of the table', async () => {
    const verdicts: Record<string, string> = {}
    for (const file of files) {
      const found = canonicalVectors(file)
      if (typeof found === 'string') verdicts[file] = found
      else verdicts[file] = (await Promise.all(found.map((vector) => verifyOctets(vector, signer)))).join()
    }
    expect(Object.keys(verdicts).filter((file) => /changed|anotherKey/.test(verdicts[file] ?? ''))).toEqual([])
    if (process.env['UPDATE'] === '1') writeFileSync(table, `${JSON.stringify(verdicts, null, 2)}\n`)
    expect(verdicts).toEqual(JSON.parse(readFileSync(table, 'utf8')))
  })

  test('no other octets are taken for them', async () => {
    for (const found of files.map(canonicalVectors)) {
      const [vector] = typeof found === 'string' ? [] : found
      if (vector === undefined) continue
      const other = {...vector, octets: vector.octets.replace(/\n|$/, ' ')}
      expect(await verifyOctets(other, signer)).toBe('changed')
    }
  })
})
