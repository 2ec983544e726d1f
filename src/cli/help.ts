import {type CommandEntry, commandTable} from './command-table.ts'
import type {FoundCommand} from './find-command.ts'
import {wrapText} from './render/wrap-text.ts'

/** What help needs to know of the terminal. */
export interface Page {
  readonly width: number | undefined
}

/** All commands, by topic. */
export function rootHelp({width = 100}: Page): string {
  const entries = Object.entries<CommandEntry>(commandTable)
  const indent = Math.max(...entries.map(([id]) => id.length)) + 4
  const topics = [...new Set(entries.map(([, {topic}]) => topic))]
  const sections = topics.map((topic) => {
    const lines = entries
      .filter(([, entry]) => entry.topic === topic)
      .map(([id, {summary}]) => {
        const lines = wrapText(summary, Math.max(width - indent, 20), ({length}) => length)
        return `  ${id.padEnd(indent - 2)}${lines.join(`\n${' '.repeat(indent)}`)}`
      })
    return `${topic}\n${lines.join('\n')}\n`
  })
  return [
    'fedctl administers tenant directories and federation trusts.\n',
    'Usage\n  fedctl COMMAND [PARAMETERS]   for example: fedctl get-user ada@contoso.com\n  fedctl help COMMAND\n',
    ...sections,
    'PowerShell spelling works too: fedctl Get-MsolDomain -DomainName contoso.com',
    'Completion for bash, zsh, fish and PowerShell: fedctl autocomplete SHELL\n',
  ].join('\n')
}

/** The help of one command. */
export async function commandHelp(command: FoundCommand, page: Page): Promise<string> {
  const {renderCommandHelp} = await import('./command-help.ts')
  return renderCommandHelp(command.id, (await command.load()).default, page)
}
