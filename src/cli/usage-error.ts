import {FedctlError} from '../lib/errors/fedctl-error.ts'

/** What oclif's parser throws, as an error of ours. Values are refused by our own readers: their error is passed on. */
export function usageErrorFrom(error: unknown, command: string): unknown {
  if (error instanceof FedctlError) return withoutParserWords(error)
  if (!isParserError(error)) return error
  const hints = [`fedctl ${command} --help`]
  const unknown = flagsIn(error)
  if (unknown.length > 0)
    return new FedctlError('Usage', `${command} has no flag ${unknown.join(', ')}.`, {hints, cause: error})
  const surplus = argumentsIn(error)
  if (surplus.length > 0)
    return new FedctlError(
      'Usage',
      `${command} does not know what to do with ${surplus.map((text) => `"${text}"`).join(', ')}.`,
      {hints, cause: error},
    )
  return new FedctlError('Usage', `${command}: ${plainWords(error.message)}.`, {hints, cause: error})
}

/** oclif's sentence without what it says before and after it. */
const plainWords = (message: string): string =>
  (message.split('\n\n')[0] ?? '')
    .replace(/\n?See more help with --help$/, '')
    .replace(/^The following errors? occurred:\s*/, '')
    .replaceAll(/Missing required flag ([\w-]+)/g, '--$1 is needed')
    .replaceAll(/\s*\n\s*/g, '; ')
    .trim()
    .replace(/\.$/, '')

interface ParserError extends Error {
  readonly parse?: unknown
  readonly flags?: unknown
  readonly args?: unknown
  readonly oclif?: unknown
}

const isParserError = (error: unknown): error is ParserError =>
  error instanceof Error && ('parse' in error || 'oclif' in error)

const flagsIn = ({flags, message}: ParserError): readonly string[] =>
  Array.isArray(flags) && /^Nonexistent/.test(message) ? flags.map(String) : []

const argumentsIn = ({args, message}: ParserError): readonly string[] =>
  Array.isArray(args) && /^Unexpected/.test(message) ? args.map(String) : []

/** oclif puts words of its own around the message of an error that a flag's reader throws. */
function withoutParserWords(error: FedctlError): FedctlError {
  const flag = /^Parsing (--[\w-]+)\s*\n\s*/.exec(error.message)?.[1]
  if (flag === undefined) return error
  error.message = `${flag}: ${error.message.replace(/^Parsing --[\w-]+\s*\n\s*/, '').replace(/\s*See more help with --help$/, '')}`
  return error
}
