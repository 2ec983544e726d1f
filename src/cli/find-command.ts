import {FedctlError} from '../lib/errors/fedctl-error.ts'
import {type CommandEntry, commandTable} from './command-table.ts'
import {nearest} from './nearest.ts'

export interface FoundCommand extends CommandEntry {
  readonly id: string
}

/** The command of a word: its id or one of its aliases, in any case and in PowerShell's spelling (get-domain, Get-MsolDomain, Get-IdentityProvider). */
export function findCommand(word: string): FoundCommand {
  const wanted = word.toLowerCase()
  const entries = Object.entries<CommandEntry>(commandTable)
  const isWanted = (name: string): boolean => name === wanted || (wanted.includes('-') && plain(name) === plain(wanted))
  const found = entries.find(([id, {aliases}]) => [id, ...aliases].some(isWanted))
  if (found !== undefined) return {id: found[0], ...found[1]}
  const near = nearest(
    wanted,
    entries.flatMap(([id, {aliases}]) => [id, ...aliases]),
  )
  throw new FedctlError('UnknownCommand', `There is no command "${word}".`, {
    hints: [others.get(wanted) ?? (near === undefined ? 'fedctl --help shows all.' : `Did you mean ${near}?`)],
  })
}

/** What administrators type out of habit, and what to do instead. */
const others = new Map([
  [
    'connect-msolservice',
    'The embedded directory needs no sign-in: make a tenant with fedctl new-tenant, or choose one with --profile.',
  ],
  [
    'connect',
    'The embedded directory needs no sign-in: make a tenant with fedctl new-tenant, or choose one with --profile.',
  ],
])

const plain = (name: string): string => name.replaceAll('-', '')
