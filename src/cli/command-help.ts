import {stripVTControlCharacters} from 'node:util'
import type {Command} from '@oclif/core'
import {CommandHelp} from '@oclif/core/help'
import type {CommandEntry} from './command-table.ts'
import {isIdentity} from './flags/identity.ts'
import type {Page} from './help.ts'
import {oclifConfig} from './oclif-config.ts'
import {wrapText} from './render/wrap-text.ts'

type CommandClass = Awaited<ReturnType<CommandEntry['load']>>['default']
type Section = ReturnType<CommandHelp['sections']>[number]
type Row = [string, string | undefined]

/** The help of one command, by oclif's formatter. */
export function renderCommandHelp(id: string, Class: CommandClass, {width = 100}: Page): string {
  const flags = {...Class.flags, ...Class.baseFlags}
  for (const [name, flag] of Object.entries(flags)) flag.name = name
  for (const [name, argument] of Object.entries(Class.args)) argument.name = name
  const {summary = '', args, aliases, description, examples} = Class
  const maxWidth = Math.max(width, 60)
  const help = new PowerShellHelp({id, args, flags, aliases, description, examples} as never, oclifConfig, {
    maxWidth,
    stripAnsi: true,
    flagSortOrder: 'none',
  } as never)
  return `${wrapText(summary, maxWidth, ({length}) => length).join('\n')}\n\n${help.generate().trimEnd()}\n`
}

const labelColumns = 28

/** oclif's help with a usage of one line, PowerShell's words, and what all commands have at the end. */
class PowerShellHelp extends CommandHelp {
  protected override sections(): Section[] {
    const parameters = (header: string, group?: string): Section => ({
      header,
      generate: ({flags}) => [{header, body: this.flags(flags.filter(({helpGroup}) => helpGroup === group))}],
    })
    return [
      {header: 'USAGE', generate: () => this.usage()},
      {header: 'DESCRIPTION', generate: () => this.description()},
      {header: 'ARGUMENTS', generate: ({args}, header) => [{header, body: this.args(args)}]},
      parameters('PARAMETERS'),
      parameters('CHANGE PARAMETERS', 'CHANGE'),
      {header: 'EXAMPLES', generate: ({cmd}) => this.examples(cmd.examples)},
      {header: 'ALIASES', generate: ({cmd}) => this.aliases(cmd.aliases?.map((alias) => inPowerShell(alias, cmd.id)))},
      parameters('COMMON PARAMETERS', 'COMMON'),
    ]
  }

  protected override usage(): string {
    const args = Object.values(this.command.args).map((argument) => this.arg(argument))
    return ['$ fedctl', this.command.id, ...args, '[PARAMETERS]'].join(' ')
  }

  protected override arg(argument: Command.Arg.Any): string {
    const name = argument.name.replaceAll(/[A-Z]/g, (letter) => `-${letter}`).toUpperCase()
    return isIdentity(argument) && argument.mustBeGiven ? name : `[${name}]`
  }

  protected override args(args: Command.Arg.Any[]): Row[] | undefined {
    return args.length === 0 ? undefined : args.map((argument) => [this.arg(argument), argument.description])
  }

  protected override flags(flags: Command.Flag.Any[]): Row[] | undefined {
    return super
      .flags(flags)
      ?.map(([label, text]) => [
        stripVTControlCharacters(label),
        text?.replace(/\n<options: (.*)>$/, (_, options: string) => ` One of ${options.replaceAll('|', ', ')}.`),
      ])
  }

  /** Labels in a column; one that is wider has a line of its own. */
  override renderList(rows: (string | undefined)[][]): string {
    const below = `\n${' '.repeat(labelColumns)}`
    return rows
      .map(([label = '', text = '']) => {
        const lines = this.wrap(text, labelColumns + this.indentSpacing).replaceAll('\n', below)
        return (label.length + 2 > labelColumns ? label + below : label.padEnd(labelColumns)) + lines
      })
      .join('\n')
  }
}

/** get-msoluser → Get-MsolUser: the words are those of the command's own name. */
function inPowerShell(alias: string, id: string): string {
  const [verb = '', ...noun] = id.split('-').map((word) => word.charAt(0).toUpperCase() + word.slice(1))
  const name = `${verb}-Msol${noun.join('')}`
  return name.toLowerCase() === alias ? name : alias
}
