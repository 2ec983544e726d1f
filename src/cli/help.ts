import {CommandHelp} from '@oclif/core/help'
import {type CommandEntry, commandTable} from './command-table.ts'
import type {FoundCommand} from './find-command.ts'
import {oclifConfig} from './oclif-config.ts'

/** What help needs to know of the terminal. */
interface Page {
  readonly width: number | undefined
}

/** All commands, by topic. */
export function rootHelp({width = 100}: Page): string {
  const entries = Object.entries<CommandEntry>(commandTable)
  const longest = Math.max(...entries.map(([id]) => id.length))
  const topics = [...new Set(entries.map(([, {topic}]) => topic))]
  const sections = topics.map((topic) => {
    const lines = entries
      .filter(([, entry]) => entry.topic === topic)
      .map(([id, {summary}]) => cut(`  ${id.padEnd(longest)}  ${summary}`, width))
    return `${topic}\n${lines.join('\n')}\n`
  })
  return [
    'fedctl administers tenant directories and federation trusts.\n',
    'Usage\n  fedctl COMMAND [PARAMETERS]        for example: fedctl get-user ada@contoso.com\n  fedctl help COMMAND\n',
    ...sections,
    'PowerShell spelling works too: fedctl Get-MsolDomain -DomainName contoso.com\n',
  ].join('\n')
}

const cut = (line: string, width: number): string => (line.length <= width ? line : `${line.slice(0, width - 1)}…`)

/** The help of one command, by oclif's own formatter. */
export async function commandHelp({id, load}: FoundCommand, {width = 100}: Page): Promise<string> {
  const {default: Class} = await load()
  Class.id = id
  const flags = {...Class.flags, ...Class.baseFlags}
  for (const [name, flag] of Object.entries(flags)) flag.name = name
  for (const [name, argument] of Object.entries(Class.args)) argument.name = name
  const command = {
    id,
    aliases: Class.aliases,
    args: Class.args,
    flags,
    summary: Class.summary,
    description: Class.description,
    examples: Class.examples,
    hiddenAliases: [],
    hidden: false,
    strict: true,
  }
  const help = new CommandHelp(command as never, oclifConfig, {
    maxWidth: Math.max(width, 60),
    stripAnsi: true,
    flagSortOrder: 'none',
  } as never)
  return `${Class.summary}\n\n${help.generate().trimEnd()}\n`
}
