import {afterEach} from '@jest/globals'

// oclif leaves process.exitCode behind when a command fails as expected; jest would then end non-zero.
afterEach(() => {
  process.exitCode = undefined
})
