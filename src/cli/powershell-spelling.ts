import {FedctlError} from '../lib/errors/fedctl-error.ts'

/** What the spelling of a parameter is held against: the flags of a command. */
export interface SpelledFlag {
  readonly name: string
  readonly isSwitch: boolean
}

const parameter = /^-([A-Za-z][A-Za-z0-9-]+)(?::(.*))?$/s

/**
 * Puts PowerShell's spelling into ours: -DomainName x and -Name:x become --domain-name x; prefixes that name one flag only, any
 * case, switches with a value (-Force:$false is left out). One dash and one letter stays a short flag. `warn` hears of prefixes.
 */
export function toOurSpelling(
  argv: readonly string[],
  flags: readonly SpelledFlag[],
  warn: (text: string) => void,
): string[] {
  const end = argv.indexOf('--')
  const head = end < 0 ? argv : argv.slice(0, end)
  const spelled = head.flatMap((word, index) => {
    const match = parameter.exec(word)
    if (match === null || takesValue(head[index - 1], flags)) return [foldedLongFlag(word)]
    const [, name = '', value] = match
    return translated({name, value}, flags, warn)
  })
  return [...spelled, ...(end < 0 ? [] : argv.slice(end))]
}

/** --Domain-Name is --domain-name. */
const foldedLongFlag = (word: string): string => word.replace(/^--[A-Za-z][\w-]*/, (name) => name.toLowerCase())

const takesValue = (previous: string | undefined, flags: readonly SpelledFlag[]): boolean =>
  previous !== undefined && flags.some(({name, isSwitch}) => !isSwitch && previous === `--${name}`)

function translated(
  {name, value}: {name: string; value: string | undefined},
  flags: readonly SpelledFlag[],
  warn: (text: string) => void,
): readonly string[] {
  const isUnconfirmed = plain(name) === 'confirm' && value !== undefined && isFalse(value)
  if (isUnconfirmed && flags.some((flag) => flag.name === 'force')) return ['--force']
  const flag = findFlag(name, flags)
  if (plain(flag.name) !== plain(name))
    warn(`-${name} is short for -${pascal(flag.name)}; scripts should write it out.`)
  if (!flag.isSwitch) return value === undefined ? [`--${flag.name}`] : [`--${flag.name}`, value]
  if (value === undefined || isTrue(value)) return [`--${flag.name}`]
  if (isFalse(value)) return []
  throw new FedctlError('ValueMalformed', `-${name} is a switch: it takes $true or $false, not "${value}".`)
}

function findFlag(name: string, flags: readonly SpelledFlag[]): SpelledFlag {
  const exact = flags.find((flag) => plain(flag.name) === plain(name))
  if (exact !== undefined) return exact
  const candidates = flags.filter((flag) => plain(flag.name).startsWith(plain(name)))
  const [only, ...others] = candidates
  if (only !== undefined && others.length === 0) return only
  const names = candidates.map((flag) => `-${pascal(flag.name)}`).join(', ')
  throw only === undefined
    ? new FedctlError('Usage', `There is no parameter -${name}.`, {hints: [known(flags)]})
    : new FedctlError('Usage', `-${name} can be any of ${names}.`, {hints: ['Write more of the name.']})
}

const known = (flags: readonly SpelledFlag[]): string =>
  `There are: ${flags
    .filter((flag) => flag.name !== 'help')
    .map((flag) => `-${pascal(flag.name)}`)
    .join(' ')}.`

const plain = (name: string): string => name.replaceAll('-', '').toLowerCase()
const pascal = (name: string): string => name.replaceAll(/(^|-)(.)/g, (_, __, letter: string) => letter.toUpperCase())
const isTrue = (value: string): boolean => /^(\$?true|1)$/i.test(value)
const isFalse = (value: string): boolean => /^(\$?false|0)$/i.test(value)
