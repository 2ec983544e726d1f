import {FedctlError} from '../lib/errors/fedctl-error.ts'
import {nearest} from './nearest.ts'

/** What the spelling of a parameter is held against: the flags of a command. */
export interface SpelledFlag {
  readonly name: string
  readonly isSwitch: boolean
  /** Other names of it, found when they are written out. */
  readonly aliases?: readonly string[]
}

// PowerShell takes the dashes that a word processor makes of a hyphen, too: commands are copied from texts.
const parameter = /^[-–—―]([A-Za-z][A-Za-z0-9-]+)(?::(.*))?$/s
const longFlag = /^--([A-Za-z][\w-]*)(.*)$/s

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
    if (isValue(head[index - 1], flags)) return [word]
    const [, name, value] = parameter.exec(word) ?? []
    return name === undefined ? [folded(word, flags)] : translated({name, value}, flags, warn)
  })
  return [...spelled, ...(end < 0 ? [] : argv.slice(end))]
}

/** --Domain-Name and --DomainName are --domain-name. */
function folded(word: string, flags: readonly SpelledFlag[]): string {
  const [, name, rest = ''] = longFlag.exec(word) ?? []
  if (name === undefined) return word
  const flag = findExact(name, flags)
  if (flag === undefined) throw unknown(`--${name}`, flags, (known) => `--${known}`)
  return `--${flag.name}${rest}`
}

/** Whether a word is the value of the flag before it, whatever it looks like. */
function isValue(previous: string | undefined, flags: readonly SpelledFlag[]): boolean {
  const [, name, rest] = longFlag.exec(previous ?? '') ?? []
  return name !== undefined && rest === '' && findExact(name, flags)?.isSwitch === false
}

function translated(
  {name, value}: {name: string; value: string | undefined},
  flags: readonly SpelledFlag[],
  warn: (text: string) => void,
): readonly string[] {
  const isUnconfirmed = plain(name) === 'confirm' && value !== undefined && isFalse(value)
  if (isUnconfirmed && flags.some((flag) => flag.name === 'force')) return ['--force']
  const flag = findExact(name, flags) ?? findByPrefix(name, flags, warn)
  if (!flag.isSwitch) return value === undefined ? [`--${flag.name}`] : [`--${flag.name}`, value]
  if (value === undefined || isTrue(value)) return [`--${flag.name}`]
  if (isFalse(value)) return []
  throw new FedctlError('ValueMalformed', `-${name} is a switch: it takes $true or $false, not "${value}".`, {
    hints: value === '' ? [`Outside PowerShell write -${name}:false; $false is a variable there.`] : [],
  })
}

const findExact = (name: string, flags: readonly SpelledFlag[]): SpelledFlag | undefined =>
  flags.find((flag) => [flag.name, ...(flag.aliases ?? [])].some((known) => plain(known) === plain(name)))

function findByPrefix(name: string, flags: readonly SpelledFlag[], warn: (text: string) => void): SpelledFlag {
  const candidates = flags.filter((flag) => plain(flag.name).startsWith(plain(name)))
  const [only, ...others] = candidates
  if (only === undefined) throw unknown(`-${name}`, flags, (known) => `-${pascal(known)}`)
  const names = candidates.map((flag) => `-${pascal(flag.name)}`)
  if (others.length > 0)
    throw new FedctlError('Usage', `-${name} can be any of ${names.join(', ')}.`, {
      hints: ['Write more of the name.'],
    })
  warn(`-${name} is short for -${pascal(only.name)}; scripts should write it out.`)
  return only
}

function unknown(word: string, flags: readonly SpelledFlag[], spelled: (name: string) => string): FedctlError {
  const names = flags.map(({name}) => spelled(name))
  const near = nearest(word, names)
  return new FedctlError('Usage', `There is no parameter ${word}.`, {
    hints: [near === undefined ? `There are: ${names.join(' ')}.` : `Did you mean ${near}?`],
  })
}

const plain = (name: string): string => name.replaceAll('-', '').toLowerCase()
const pascal = (name: string): string => name.replaceAll(/(^|-)(.)/g, (_, __, letter: string) => letter.toUpperCase())
const isTrue = (value: string): boolean => /^(\$?true|1)$/i.test(value)
const isFalse = (value: string): boolean => /^(\$?false|0)$/i.test(value)
