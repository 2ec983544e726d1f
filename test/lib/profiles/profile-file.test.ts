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
  await file.write({current: 'contoso', profiles: {contoso}})
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
  await expect(file.write({current: 'contoso', profiles: {contoso}})).rejects.toMatchObject({code: 'ProfilesDamaged'})
  expect(readFileSync(path, 'utf8')).toBe(content)
})

test('one that others can change is refused, read or written', async () => {
  const path = join(folder, 'profiles.json')
  writeFileSync(path, '{"version": 1, "profiles": {}}')
  chmodSync(path, 0o622)
  const file = openProfileFile(folder, process.geteuid?.())
  await expect(file.read()).rejects.toMatchObject({code: 'FileUnsafe', message: expect.stringContaining(path)})
  await expect(file.write({current: 'contoso', profiles: {contoso}})).rejects.toMatchObject({code: 'FileUnsafe'})
})
