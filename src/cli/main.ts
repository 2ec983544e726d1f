import type {ExitCode} from '../lib/errors/error-table.ts'
import {FedctlError} from '../lib/errors/fedctl-error.ts'
import {createContext, type Parts} from './context.ts'
import {inContext} from './current-context.ts'
import {findCommand} from './find-command.ts'
import {oclifConfig} from './oclif-config.ts'
import {renderError} from './render/error.ts'
import {OutputClosed} from './terminal.ts'

/** One command line in, exit code out. Every failure is rendered here and nowhere else. */
export async function main(argv: readonly string[], parts: Parts): Promise<ExitCode> {
  const context = createContext(parts)
  try {
    await inContext(context, () => runCommandLine(argv, parts))
    return 0
  } catch (error) {
    if (error instanceof OutputClosed) return 0
    return report(error, parts, argv)
  } finally {
    await context.close()
  }
}

/** Runs the command line of this process. */
export async function runProcess(): Promise<void> {
  const {processParts} = await import('./process-parts.ts')
  process.exitCode = await main(process.argv.slice(2), processParts())
}

async function runCommandLine(argv: readonly string[], parts: Parts): Promise<void> {
  const [word = '', ...rest] = argv
  const {terminal} = parts
  if (word === '' || /^(-h|--?help|-\?|help)$/i.test(word))
    return showHelp(word.toLowerCase() === 'help' ? rest : [], parts)
  if (/^(-v|--?version|version)$/i.test(word)) {
    const {version} = await import('./version.ts')
    return terminal.write(`fedctl ${version}\n`)
  }
  if (/^autocomplete$/i.test(word)) return (await import('./autocomplete.ts')).autocomplete(rest, terminal)
  const {id, load} = findCommand(word)
  const passThrough = rest.indexOf('--')
  const own = passThrough < 0 ? rest : rest.slice(0, passThrough)
  if (own.some((text) => /^(-h|--?help|-\?)$/i.test(text))) return showHelp([id], parts)
  const {default: Class} = await load()
  Class.id = id
  await new Class(rest, oclifConfig).run()
}

async function showHelp(words: readonly string[], {terminal}: Parts): Promise<void> {
  const {rootHelp, commandHelp} = await import('./help.ts')
  const [word] = words
  if (word?.toLowerCase() === 'autocomplete')
    return (await import('./autocomplete.ts')).autocomplete(['--help'], terminal)
  terminal.write(word === undefined ? rootHelp(terminal) : await commandHelp(findCommand(word), terminal))
}

function report(error: unknown, {terminal}: Parts, argv: readonly string[]): ExitCode {
  if (error instanceof FedctlError) {
    terminal.writeError(renderError(error, terminal.errorsHaveColors && !argv.includes('--no-color')))
    return error.exitCode
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error)
  terminal.writeError(`This is a bug of fedctl. Please report it with the command line and these lines:\n${stack}\n`)
  return 70
}
