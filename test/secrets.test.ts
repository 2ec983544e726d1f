import {readdirSync, readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {expect, test} from '@jest/globals'
import {openWorld} from './fedctl.ts'

const canary = 'Canary-4711-Secret'

const lines = [
  ['new-user', 'ada@contoso.com', '--display-name', 'Ada', '--debug', '--verbose'],
  ['new-user', 'bob@contoso.com', '--display-name', 'Bob', '--what-if', '--output', 'yaml'],
  ['new-user', 'bob@contoso.com', '--display-name', 'Bob', '--as-graph', '--output', 'json'],
  ['new-user', 'bob@nowhere.com', '--display-name', 'Bob', '--debug'],
  ['new-user', 'ada@contoso.com', '--display-name', 'Ada', '--debug'],
  ['set-user-password', 'ada@contoso.com', '--debug', '--verbose'],
  ['set-user-password', 'ada@contoso.com', '--as-graph', '--output', 'json'],
  ['set-user-password', 'ada@contoso.com', '--what-if', '--output', 'json'],
  ['set-user-password', 'nobody@contoso.com', '--debug'],
]

test('a password from a file is in no output, no plan, no log and no file', async () => {
  const world = openWorld()
  try {
    for (const argv of [
      'new-tenant contoso --domain-verification none',
      'new-domain contoso.com',
      'confirm-domain contoso.com',
    ])
      expect(await world.run(...argv.split(' '))).toMatchObject({exitCode: 0})
    const secret = join(world.home, 'secret.txt')
    writeFileSync(secret, `${canary}\n`)
    const outcomes = []
    for (const argv of lines) outcomes.push(await world.run(...argv, '--password-file', secret))
    expect(outcomes.map(({exitCode}) => exitCode)).toEqual([0, 0, 0, 3, 5, 0, 0, 0, 3])
    expect(JSON.stringify(outcomes)).not.toContain(canary)
    const others = readdirSync(world.home, {recursive: true, withFileTypes: true}).filter(
      (entry) => entry.isFile() && entry.name !== 'secret.txt',
    )
    expect(others.length).toBeGreaterThan(1)
    for (const entry of others) expect(readFileSync(join(entry.parentPath, entry.name), 'latin1')).not.toContain(canary)
  } finally {
    world.remove()
  }
})

test('a secret that the directory makes is shown once, where it is asked for, and is in no file', async () => {
  const world = openWorld()
  try {
    expect(await world.run('new-tenant', 'contoso')).toMatchObject({exitCode: 0})
    const made = await world.run('new-application', 'Robot', '--new-secret', '--debug', '--output', 'json')
    const [{secret}] = JSON.parse(made.stdout) as [{secret: string}]
    expect(secret).toHaveLength(40)
    expect(made.stderr).not.toContain(secret)
    const again = await world.run('get-application', 'Robot', '--debug', '--property', '*')
    expect(JSON.stringify(again)).not.toContain(secret)
    for (const entry of readdirSync(world.home, {recursive: true, withFileTypes: true}))
      if (entry.isFile()) expect(readFileSync(join(entry.parentPath, entry.name), 'latin1')).not.toContain(secret)
  } finally {
    world.remove()
  }
})
