import {afterAll, afterEach} from '@jest/globals'
import {writeContractCounts} from './graph-contract.ts'

// oclif leaves process.exitCode behind when a command fails as expected; jest would then end non-zero.
afterEach(() => {
  process.exitCode = undefined
})

afterAll(writeContractCounts)
