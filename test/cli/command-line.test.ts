import {afterAll, beforeAll, describe, expect, test} from '@jest/globals'
import {type CommandEntry, commandTable} from '../../src/cli/command-table.ts'
import {commandHelp, rootHelp} from '../../src/cli/help.ts'
import {processTerminal} from '../../src/cli/process-terminal.ts'
import {openWorld, type World} from '../fedctl.ts'

const commands = Object.entries<CommandEntry>(commandTable).map(([id, entry]) => ({id, ...entry}))

let world: World
beforeAll(async () => {
  world = openWorld()
  await world.run('new-tenant', 'contoso')
})
afterAll(() => world.remove())

describe('help', () => {
  test('of everything fits eighty columns', () => {
    const long = rootHelp({width: 80})
      .split('\n')
      .filter(({length}) => length > 80)
    expect(long).toEqual([])
  })

  test.each(commands)(
    'of $id fits eighty columns but for its examples, with what all commands have at the end',
    async (command) => {
      const help = await commandHelp(command, {width: 80})
      const lines = help.split('\n').filter((line) => !line.startsWith('  $ '))
      expect(lines.filter(({length}) => length > 80)).toEqual([])
      expect(help).toMatch(new RegExp(`\\nUSAGE\\n  \\$ fedctl ${command.id}( \\[?[A-Z-]+\\]?)* \\[PARAMETERS\\]\\n`))
      expect(help.match(/^[A-Z ]+$/gm)?.at(-1)).toBe('COMMON PARAMETERS')
      expect(help).toContain('\nEXAMPLES\n  $ fedctl ')
    },
  )

  test.each([['-h'], ['--help'], ['-Help'], ['-?']])('is shown for %s, and nothing is done', async (word) => {
    const {stdout, exitCode} = await world.run('remove-user', 'admin@contoso.onmicrosoft.com', '-Force', word)
    expect({stdout, exitCode}).toEqual({exitCode: 0, stdout: expect.stringContaining('  $ fedctl Remove-MsolUser\n')})
    expect((await world.run('get-user', 'admin@contoso.onmicrosoft.com')).exitCode).toBe(0)
  })

  test('is nothing that a value can ask for behind --', async () => {
    expect(await world.run('get-domain', '--', '--help')).toMatchObject({exitCode: 2, stdout: ''})
  })
})

describe('a command line that is wrong is refused by name', () => {
  test.each([
    [['get-domian'], 'There is no command "get-domian".', 'Did you mean get-domain?'],
    [['get-domain', '--doman-name', 'x'], 'There is no parameter --doman-name.', 'Did you mean --domain-name?'],
    [['get-domain', '-DomanName', 'x'], 'There is no parameter -DomanName.', 'Did you mean -DomainName?'],
    [['get-domain', '--xyzzy'], 'There is no parameter --xyzzy.', 'There are: --output'],
    [['get-domain', '-x'], 'get-domain has no flag -x.', 'fedctl get-domain --help'],
    [['get-domain', 'a.com', 'b.com'], 'get-domain does not know what to do with "b.com".', 'fedctl get-domain --help'],
    [['get-domain', '-o', 'json', '-o', 'csv'], 'Flag --output can only be specified once.', ''],
    [['get-domain', '-Output', 'xml'], 'Expected --output=xml to be one of', ''],
    [['get-domain', '--first', '-1'], '--first: "-1" is not', ''],
    [['get-domain', '--first', 'ten'], '--first: "ten" is not', ''],
    [['get-domain', '--query'], 'Flag --query expects a value', ''],
    [['get-domain', 'no domain'], '"no domain" is not a domain name', ''],
    [['get-domain', 'a.com', '-DomainName', 'b.com'], 'get-domain takes one domain', ''],
    [['remove-domain'], 'remove-domain needs --domain-name', ''],
  ])('%j', async (argv, message, hint) => {
    const {stdout, stderr, exitCode} = await world.run(...argv)
    expect({stdout, exitCode}).toEqual({stdout: '', exitCode: 2})
    expect(stderr).toContain(message)
    expect(stderr).toContain(hint)
    expect(stderr).not.toContain('bug of fedctl')
  })
})

test('no argument waits for standard input', async () => {
  const classes = await Promise.all(commands.map(async ({load}) => (await load()).default))
  const args = classes.flatMap((Class) => Object.values(Class.args as Record<string, {ignoreStdin?: boolean}>))
  expect(args.length).toBeGreaterThan(10)
  expect(args.filter(({ignoreStdin}) => ignoreStdin !== true)).toEqual([])
})

test('a prefix of a parameter is warned about only by --verbose', async () => {
  expect((await world.run('Get-MsolDomain', '-Auth', 'Managed')).stderr).toBe('')
  expect((await world.run('Get-MsolDomain', '-Auth', 'Managed', '-Verbose')).stderr).toContain(
    'Warning: -Auth is short for -Authentication',
  )
})

test.each([
  [{FORCE_COLOR: '1'}, true],
  [{FORCE_COLOR: '1', NO_COLOR: '1'}, true],
  [{FORCE_COLOR: '0'}, false],
  [{NO_COLOR: '1'}, false],
  [{TERM: 'dumb'}, false],
])('%j: colours %s', (environment, wanted) => {
  const {hasColors, errorsHaveColors} = processTerminal(environment)
  expect([hasColors, errorsHaveColors]).toEqual([wanted, wanted])
})
