import {spawn} from 'node:child_process'
import {chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterEach, beforeEach, expect, test} from '@jest/globals'
import {openProfileFile} from '../../../src/lib/profiles/profile-file.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fedctl-'))
})
afterEach(() => rmSync(folder, {recursive: true}))

const contoso = {
  name: 'contoso',
  directory: 'embedded',
  tenantId: 't',
  tenant: 'contoso.onmicrosoft.com',
  accountId: 'a',
} as const

test('what was written is read, only by its owner', async () => {
  const file = openProfileFile(folder, process.geteuid?.())
  expect(await file.read()).toEqual({current: undefined, profiles: {}})
  await file.update(() => ({current: 'contoso', profiles: {contoso}}))
  expect(await file.read()).toEqual({current: 'contoso', profiles: {contoso}})
  expect(statSync(join(folder, 'profiles.json')).mode & 0o777).toBe(0o600)
})

test.each([
  ['{"version": 1', 'it is not JSON'],
  ['[]', 'it holds no object'],
  ['{"version": 2, "profiles": {}}', 'its version is not 1'],
  ['{"version": 1}', 'it has no "profiles"'],
  ['{"version": 1, "profiles": {"x": {"name": "y"}}}', 'profile "x" is not complete'],
  ['{"version": 1, "current": 5, "profiles": {}}', '"current" is not a name'],
])('%s is reported and left as it is', async (content, why) => {
  const path = join(folder, 'profiles.json')
  writeFileSync(path, content, {mode: 0o600})
  const file = openProfileFile(folder, process.geteuid?.())
  await expect(file.read()).rejects.toMatchObject({code: 'ProfilesDamaged', message: expect.stringContaining(why)})
  await expect(file.update((profiles) => profiles)).rejects.toMatchObject({code: 'ProfilesDamaged'})
  expect(readFileSync(path, 'utf8')).toBe(content)
})

test('one that others can change is refused, read or written', async () => {
  const path = join(folder, 'profiles.json')
  writeFileSync(path, '{"version": 1, "profiles": {}}')
  chmodSync(path, 0o622)
  const file = openProfileFile(folder, process.geteuid?.())
  await expect(file.read()).rejects.toMatchObject({code: 'FileUnsafe', message: expect.stringContaining(path)})
  await expect(file.update((profiles) => profiles)).rejects.toMatchObject({code: 'FileUnsafe'})
})

test('several processes at once lose nothing', async () => {
  const source = join(import.meta.dirname, '../../../src/lib/profiles/profile-file.ts')
  const add = (group: string) => `
    const {openProfileFile} = await import(${JSON.stringify(source)})
    const file = openProfileFile(${JSON.stringify(folder)}, ${process.geteuid?.()})
    for (let i = 0; i < 8; i++) await file.update(({profiles}) =>
      ({current: undefined, profiles: {...profiles, ['${group}' + i]: {...${JSON.stringify(contoso)}, name: '${group}' + i}}}))`
  const run = (group: string) =>
    new Promise((resolve) =>
      spawn(process.execPath, ['--input-type=module', '-e', add(group)], {stdio: 'inherit'}).once('exit', resolve),
    )
  expect(await Promise.all(['a', 'b', 'c'].map(run))).toEqual([0, 0, 0])
  const {profiles} = await openProfileFile(folder, process.geteuid?.()).read()
  expect(Object.keys(profiles)).toHaveLength(24)
  expect(statSync(join(folder, 'profiles.lock')).mode & 0o777).toBe(0o600)
})

test('a failed change leaves the file, and the lock is free again', async () => {
  const file = openProfileFile(folder, process.geteuid?.())
  const failing = file.update(() => {
    throw new Error('stop')
  })
  await expect(failing).rejects.toThrow('stop')
  await file.update(() => ({current: 'contoso', profiles: {contoso}}))
  expect((await file.read()).current).toBe('contoso')
})

test('a lock that cannot be had is said', async () => {
  writeFileSync(join(folder, 'profiles.lock'), 'This is a letter, not a lock. '.repeat(100))
  const file = openProfileFile(folder, process.geteuid?.())
  await expect(file.update((profiles) => profiles)).rejects.toMatchObject({
    code: 'FileFailure',
    message: expect.stringContaining('profiles.lock'),
  })
})
