import {expect, test} from '@jest/globals'
import {fuzzToken} from '../../parts/fuzz-token.ts'

// More of them, by another seed: npm run fuzz:token -- 50000 7
test('a thousand mutations of good tokens: refused, or accepted with what was signed', async () => {
  const {accepted, codes, slowestMilliseconds, wrong} = await fuzzToken(1_000, 1)
  expect(wrong).toEqual([])
  expect(accepted).toBeGreaterThan(20)
  expect(Object.keys(codes).length).toBeGreaterThan(12)
  expect(slowestMilliseconds).toBeLessThan(1_000)
}, 60_000)
