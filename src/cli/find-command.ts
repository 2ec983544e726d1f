import {FedctlError} from '../lib/errors/fedctl-error.ts'
import {type CommandEntry, commandTable} from './command-table.ts'

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
    hints: [near === undefined ? 'fedctl --help shows all.' : `Did you mean ${near}?`],
  })
}

const plain = (name: string): string => name.replaceAll('-', '')

function nearest(wanted: string, names: readonly string[]): string | undefined {
  const [best] = names
    .map((name) => ({name, distance: distance(wanted, name)}))
    .sort((one, other) => one.distance - other.distance)
  return best !== undefined && best.distance <= Math.max(2, wanted.length / 3) ? best.name : undefined
}

/** Levenshtein's distance, one row at a time. */
function distance(one: string, other: string): number {
  let row = Array.from({length: other.length + 1}, (_, index) => index)
  for (const [at, letter] of [...one].entries()) {
    const next = [at + 1]
    for (const [column, otherLetter] of [...other].entries()) {
      const replaced = (row[column] ?? 0) + (letter === otherLetter ? 0 : 1)
      next.push(Math.min(replaced, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1))
    }
    row = next
  }
  return row.at(-1) ?? 0
}
