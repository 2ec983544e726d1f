import type {Config} from '@oclif/core'

/**
 * What oclif's Command asks of its Config while it parses. The full Config reads package.json and finds plugins; nothing of that is
 * needed to run a command of ours, and it would double the start-up time (docs/decisions).
 */
export const oclifConfig = {
  bin: 'fedctl',
  name: 'fedctl',
  topicSeparator: ' ',
  platform: process.platform,
  shell: '',
  options: {},
  pjson: {oclif: {}},
  theme: undefined,
  runHook: async () => ({successes: [], failures: []}),
} as unknown as Config
