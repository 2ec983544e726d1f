import type {Interfaces} from '@oclif/core'
import {Command} from '@oclif/core/command'
import {FedctlError} from '../lib/errors/fedctl-error.ts'
import {NothingIsSent, type RecordedRequest} from '../lib/http/recording.ts'
import type {Context} from './context.ts'
import {currentContext} from './current-context.ts'
import {commonFlags, type OutputFormat} from './flags/common-flags.ts'
import {isIdentity} from './flags/identity.ts'
import {toCamelCase} from './flags/parameters.ts'
import {foldOptions} from './fold-options.ts'
import {limited} from './limited.ts'
import {type SpelledFlag, toOurSpelling} from './powershell-spelling.ts'
import {render} from './render/render.ts'
import {usageErrorFrom} from './usage-error.ts'
import {requestView} from './views/request-view.ts'
import type {View} from './views/view.ts'
import {warnOfUnfinished} from './warn-of-unfinished.ts'

/** The parameters of a command under their names in camelCase, of types that `records()` of the command states. */
export type Given = Readonly<Record<string, unknown>>

/** What a command answers with. */
export interface Answer {
  readonly rows: AsyncIterable<object>
  readonly view: View
  readonly format: OutputFormat
}

/**
 * A command: flags in, records out. It parses, asks the command for its records and has them written once. The same class is a stage
 * of the shell, which hands `records()` its parameters directly.
 */
export abstract class FedctlCommand<Row extends object> extends Command {
  static override baseFlags: Interfaces.FlagInput = commonFlags
  static override flags: Interfaces.FlagInput = {}
  static override args: Interfaces.ArgInput = {}
  /** What a person sees of a record. */
  protected abstract readonly view: View<Row>
  /** Under which heading help shows the command. */
  static topic = ''
  /** The output when none is asked for; else a list for an object asked for by its name, and a table for an enumeration. */
  protected readonly usualOutput: 'list' | 'table' | undefined = undefined
  /** What the command does matters also when nobody looks at its records: `--first` cuts what is shown, not what is done. */
  protected readonly runsToTheEnd: boolean = false
  protected context: Context = currentContext()

  /** The records, as they come. Typed by each command: `CommandParameters<typeof TheCommand>`. */
  protected abstract records(parameters: never): AsyncIterable<Row>

  override async run(): Promise<void> {
    const given = await this.given()
    this.context = this.context.with(optionsOf(given))
    await warnOfUnfinished(this.context, this.id ?? '')
    const {rows, view, format} = given['asGraph'] === true ? await this.requests(given) : await this.answer(given)
    const {terminal} = this.context
    const hasColors = terminal.hasColors && given['noColor'] !== true
    await render(
      {rows, view, format, property: textIn(given, 'property'), query: textIn(given, 'query')},
      {width: terminal.width, hasColors},
      terminal.write,
    )
  }

  /** Asks a person; without a terminal the flag that answers is named. */
  protected async ask(question: string, flag: string): Promise<string> {
    const {terminal} = this.context
    if (terminal.isInteractive) return terminal.prompts.input(question)
    throw new FedctlError('AnswerNeeded', `${this.id} needs ${flag}: there is no terminal to ask on.`)
  }

  /** The records within the limits that were asked for. */
  protected async answer(given: Given): Promise<Answer> {
    const format = this.format(given)
    const isMachineRead = ['json', 'jsonl', 'csv'].includes(format) && !this.context.terminal.outputIsTerminal
    const rows = limited(this.records(given as never), {
      first: given['first'] as number | undefined,
      toTheEnd: this.runsToTheEnd,
      listing:
        'all' in this.ctor.flags
          ? {all: given['all'] === true || isMachineRead, most: given['maxResults'] as number | undefined}
          : undefined,
      say: (text) => this.context.terminal.writeError(`${text}\n`),
    })
    return {rows, view: this.view, format}
  }

  /** The requests that the command would send. */
  protected async requests(given: Given): Promise<Answer> {
    const recorded: RecordedRequest[] = []
    this.context = this.context.with({record: {to: (request) => recorded.push(request), readsPass: false}})
    const records = this.records(given as never)
    async function* rows(): AsyncIterable<RecordedRequest> {
      try {
        for await (const _record of records);
      } catch (error) {
        if (!(error instanceof NothingIsSent)) throw error
      }
      yield* recorded
    }
    return {rows: rows(), view: requestView, format: this.format(given, 'table')}
  }

  /** As asked for, else by the parameter set: one object by its name is a list, an enumeration a table. */
  protected format(given: Given, usual: OutputFormat = this.usualFormat(given)): OutputFormat {
    return (given['output'] as OutputFormat | undefined) ?? usual
  }

  private usualFormat(given: Given): OutputFormat {
    if (this.usualOutput !== undefined) return this.usualOutput
    const [main] = Object.entries(this.ctor.args).filter(([, argument]) => isIdentity(argument))
    return main !== undefined && given[main[0]] !== undefined ? 'list' : 'table'
  }

  /** argv → parameters: PowerShell's spelling, oclif's parser, main objects given by name. */
  private async given(): Promise<Given> {
    const isVerbose = this.argv.some((word) => /^--?verbose$/i.test(word))
    const spelled = toOurSpelling(this.argv, spelledFlags(this.ctor), (text) => isVerbose && this.context.warn(text))
    this.argv = foldOptions(spelled, {...this.ctor.flags, ...this.ctor.baseFlags})
    try {
      const parsed = await this.parse(this.ctor as never)
      return {...camelCased(parsed.flags), ...this.identities(parsed.args, parsed.flags)}
    } catch (error) {
      throw usageErrorFrom(error, this.ctor.id)
    }
  }

  private identities(args: Record<string, unknown>, flags: Record<string, unknown>): Given {
    const entries = Object.entries(this.ctor.args).map(([name, argument]) => {
      if (!isIdentity(argument)) return [name, args[name]]
      const ways = [args[name], ...argument.givenAs.map((flag) => flags[flag])].filter((value) => value !== undefined)
      const names = argument.givenAs.map((flag) => `--${flag}`).join(' or ')
      if (ways.length > 1)
        throw new FedctlError('Usage', `${this.id} takes one ${name}: without a name, or as ${names}.`)
      if (argument.mustBeGiven && ways.length === 0)
        throw new FedctlError('Usage', `${this.id} needs ${names}.`, {hints: [`fedctl ${this.id} --help`]})
      return [name, ways[0]]
    })
    return Object.fromEntries(entries)
  }
}

/** The flags of a command but --help, which main has looked for. */
const spelledFlags = ({flags, baseFlags}: typeof Command): SpelledFlag[] =>
  Object.entries({...baseFlags, ...flags})
    .filter(([name]) => name !== 'help')
    .map(([name, {type, aliases = []}]) => ({name, isSwitch: type === 'boolean', aliases}))

const camelCased = (flags: Record<string, unknown>): Given =>
  Object.fromEntries(Object.entries(flags).map(([name, value]) => [toCamelCase(name), value]))

const textIn = (given: Given, name: string): string | undefined => given[name] as string | undefined

const optionsOf = (given: Given): object =>
  Object.fromEntries(
    ['profile', 'verbose', 'debug', 'store', 'storePasswordFile'].flatMap((name) =>
      given[name] === undefined ? [] : [[name, given[name]]],
    ),
  )
