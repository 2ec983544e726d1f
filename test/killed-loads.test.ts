import {expect, test} from '@jest/globals'
import {killLoad} from './parts/killed-load.ts'

// npm run kill:directory does it fifty times with 20 000 users.
test.each([1, 2, 3])(
  'every acknowledged user is there once, with one entry in the log, after kill -9 in the middle of a load: seed %i',
  async (seed) => {
    const {acknowledged, there, wrong} = await killLoad(1500, seed)
    expect(wrong).toEqual([])
    expect(there).toBeGreaterThanOrEqual(acknowledged)
    expect(acknowledged).toBeGreaterThan(0)
  },
  120_000,
)
