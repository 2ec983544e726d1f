import {describe, expect, test} from '@jest/globals'
import fc from 'fast-check'
import {toOurSpelling} from '../../src/cli/powershell-spelling.ts'

const flags = [
  {name: 'domain-name', isSwitch: false, aliases: ['dn']},
  {name: 'display-name', isSwitch: false},
  {name: 'first', isSwitch: false},
  {name: 'first-name', isSwitch: false},
  {name: 'all', isSwitch: true},
  {name: 'force', isSwitch: true},
  {name: 'confirm', isSwitch: true},
]
const silent = (): void => undefined
const ours = (...argv: string[]): string[] => toOurSpelling(argv, flags, silent)

describe('spelled as in PowerShell', () => {
  test.each([
    ['a name', ['-DomainName', 'x.net'], ['--domain-name', 'x.net']],
    ['in any case', ['-domainNAME', 'x.net'], ['--domain-name', 'x.net']],
    ['a value behind a colon', ['-DomainName:x.net'], ['--domain-name', 'x.net']],
    ['a value with a colon in it', ['-DomainName:urn:x'], ['--domain-name', 'urn:x']],
    ['an empty value behind a colon', ['-DomainName:'], ['--domain-name', '']],
    ['a prefix that is of one name only', ['-Dom', 'x.net'], ['--domain-name', 'x.net']],
    ['a name that is the beginning of another', ['-First', '5'], ['--first', '5']],
    ['another name of it', ['-Dn', 'x.net'], ['--domain-name', 'x.net']],
    ['a switch', ['-All'], ['--all']],
    ['a switch that is on', ['-All:$true'], ['--all']],
    ['a switch that is off', ['-All:$false'], []],
    ['a switch that is off, where $ is taken by the shell', ['-All:false'], []],
    ['a confirmation that is not wanted', ['-Confirm:$false'], ['--force']],
    ['our dashes with one dash', ['-domain-name', 'x.net'], ['--domain-name', 'x.net']],
    ['the dash of a word processor', ['–DomainName', 'x.net'], ['--domain-name', 'x.net']],
    ['two dashes made one', ['—domain-name', 'x.net'], ['--domain-name', 'x.net']],
  ])('%s', (_, argv, wanted) => expect(ours(...argv)).toEqual(wanted))
})

describe('left as it is', () => {
  test.each([
    ['our own spelling', ['--domain-name', 'x.net', '--all']],
    ['a short flag', ['-f', '-o', 'json']],
    ['a value that looks like a parameter', ['--display-name', '-All', '--all']],
    ['a value that looks like a flag of ours', ['--display-name', '--Dom']],
    ['a negative number', ['--first', '-1']],
    ['a lone dash', ['-']],
    ['what comes after --', ['x', '--', '-DomainName', '--All']],
  ])('%s', (_, argv) => expect(ours(...argv)).toEqual(argv))

  test('every value of a flag in our spelling, whatever it looks like', () => {
    fc.assert(fc.property(fc.string(), (value) => expect(ours('--display-name', value).at(-1)).toBe(value)))
  })
})

test('two dashes are folded, too', () => {
  expect(ours('--Domain-Name=X.net', '--DomainName', 'y')).toEqual(['--domain-name=X.net', '--domain-name', 'y'])
})

test('a value after the name of a word processor or PowerShell is a parameter when it looks like one, as in PowerShell', () => {
  expect(ours('-DisplayName', '-All')).toEqual(['--display-name', '--all'])
})

test('a prefix is warned about, a whole name is not', () => {
  const said: string[] = []
  toOurSpelling(['-Dom', 'x', '-DomainName', 'y'], flags, (text) => said.push(text))
  expect(said).toEqual(['-Dom is short for -DomainName; scripts should write it out.'])
})

describe('refused', () => {
  test.each([
    ['a prefix of several names', '-Fi', '-Fi can be any of -First, -FirstName.', 'Write more of the name.'],
    ['a flag there is not', '--Fist', 'There is no parameter --Fist.', 'Did you mean --first?'],
    ['a name there is not', '-Nothing', 'There is no parameter -Nothing.', 'There are: -DomainName'],
    ['a switch with another value', '-All:maybe', '-All is a switch: it takes $true or $false, not "maybe".', ''],
    ['a switch whose value the shell has taken', '-All:', 'not ""', 'Outside PowerShell write -All:false'],
  ])('%s', (_, word, message, hint) => {
    const error = refusal(word)
    expect(error.message).toContain(message)
    expect(error.hints.join()).toContain(hint)
  })
})

function refusal(word: string): {message: string; hints: readonly string[]} {
  try {
    ours(word)
  } catch (error) {
    return error as {message: string; hints: readonly string[]}
  }
  throw new Error(`${word} was not refused`)
}

test('-Confirm:$false of a command that never asks is no parameter of it', () => {
  expect(() => toOurSpelling(['-Confirm:$false'], [{name: 'all', isSwitch: true}], silent)).toThrow('-Confirm')
})

test('a parameter that is written out survives any dashes and case', () => {
  const dashed = fc.constantFrom('domain-name', 'display-name', 'first-name')
  fc.assert(
    fc.property(dashed, fc.infiniteStream(fc.boolean()), (name, upper) => {
      const spelled = [...name.replaceAll('-', '')].map((letter) =>
        upper.next().value ? letter.toUpperCase() : letter,
      )
      expect(ours(`-${spelled.join('')}`, 'x')).toEqual([`--${name}`, 'x'])
    }),
  )
})
