import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import {expect, test} from '@jest/globals'
import {tokenProblems} from '../../../src/lib/saml/token-problems.ts'

test('docs/token-verdicts.md and the table are the same, in both directions', () => {
  const page = readFileSync(join(process.cwd(), 'docs', 'token-verdicts.md'), 'utf8')
  const documented = [...page.matchAll(/^\| `(\w+)` \| (\d+) \| (.*) \|$/gm)].map(([, code, aadsts, means]) => [
    code,
    {aadsts: Number(aadsts), means},
  ])
  expect(documented).toEqual(Object.entries(tokenProblems))
})
