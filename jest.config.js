/** Tests run src/ as it is: Node's own type stripping is the only transform. */
export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/src', '<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/test/peers/'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {'^.+\\.ts$': '<rootDir>/test/parts/strip-types.cjs'},
  setupFilesAfterEnv: ['<rootDir>/test/parts/setup.ts'],
  reporters: ['default', '<rootDir>/test/parts/contract-reporter.ts'],
  coverageProvider: 'babel',
  collectCoverageFrom: ['src/**/*.ts'],
  // On two cores jest would take one.
  maxWorkers: '100%',
  workerIdleMemoryLimit: '512MB',
  // Machines are shared: what takes long is not wrong.
  testTimeout: 30_000,
}
