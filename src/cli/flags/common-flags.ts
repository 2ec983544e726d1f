import * as Flags from '@oclif/core/flags'
import {wholeNumber} from './value.ts'

export const outputFormats = ['table', 'list', 'json', 'jsonl', 'csv', 'yaml', 'markdown', 'none'] as const
export type OutputFormat = (typeof outputFormats)[number]

/** What every command takes. */
export const commonFlags = {
  output: Flags.option({
    char: 'o',
    summary: 'How the result is written.',
    options: outputFormats,
    helpGroup: 'COMMON',
  })(),
  property: Flags.string({
    summary: 'These properties, in this order; * is all.',
    helpValue: 'A,B',
    helpGroup: 'COMMON',
  }),
  query: Flags.string({
    summary: 'JMESPath over the JSON array.',
    helpValue: 'EXPR',
    helpGroup: 'COMMON',
    exclusive: ['property'],
  }),
  first: wholeNumber(0)({summary: 'Stop after N records.', helpGroup: 'COMMON'}),
  profile: Flags.string({summary: 'Which connection (also FEDCTL_PROFILE).', helpValue: 'NAME', helpGroup: 'COMMON'}),
  store: Flags.string({
    summary: 'Where the directory is kept: a file, or postgres://user@host/database (also FEDCTL_STORE).',
    helpValue: 'FILE|URL',
    helpGroup: 'COMMON',
  }),
  'store-password-file': Flags.string({
    summary: 'File whose first line is the password for the database server (also PGPASSWORD, PGPASSFILE).',
    helpValue: 'FILE',
    helpGroup: 'COMMON',
  }),
  verbose: Flags.boolean({summary: 'Say what is done, on standard error.', helpGroup: 'COMMON'}),
  debug: Flags.boolean({summary: 'Say every request, on standard error.', helpGroup: 'COMMON'}),
  'no-color': Flags.boolean({summary: 'Plain text (also NO_COLOR).', helpGroup: 'COMMON'}),
  'as-graph': Flags.boolean({summary: 'Print the requests, send nothing that changes anything.', helpGroup: 'COMMON'}),
  help: Flags.boolean({char: 'h', summary: 'Show this help.', helpGroup: 'COMMON'}),
}

/** What commands take that list. */
export const listingFlags = {
  all: Flags.boolean({summary: 'All records, however many.'}),
  'max-results': wholeNumber(1)({summary: 'At most N records; 500 when nothing is said.'}),
}

/** What commands take that change something. */
export const changeFlags = {
  'what-if': Flags.boolean({summary: 'Show the plan and stop.', helpGroup: 'CHANGE'}),
  confirm: Flags.boolean({summary: 'Ask before each change.', helpGroup: 'CHANGE', exclusive: ['force']}),
  force: Flags.boolean({char: 'f', summary: 'Never ask.', helpGroup: 'CHANGE'}),
}
