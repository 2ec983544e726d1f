/** What a service needs of the world in a test: a time that stands still, ids that are all the same. */
export const serviceParts = {
  now: () => new Date('2026-11-21T12:00:00.000Z'),
  newId: () => '00000000-0000-4000-8000-000000000000',
  milliseconds: () => performance.now(),
  facts: () => ({
    version: '1.2.3',
    nodeVersion: '24.0.0',
    residentBytes: 1000,
    cpuSeconds: 1.5,
    startTime: 1_700_000_000,
  }),
}
