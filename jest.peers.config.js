import config from './jest.config.js'

/** Tests against real software of others, in ../shared/peers: they install and start it. */
export default {
  ...config,
  testMatch: ['<rootDir>/test/peers/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  maxWorkers: 1,
  testTimeout: 240_000,
}
