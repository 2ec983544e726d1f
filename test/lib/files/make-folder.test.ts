import {mkdtempSync, rmSync, statSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterEach, beforeEach, expect, test} from '@jest/globals'
import {makeFolder} from '../../../src/lib/files/make-folder.ts'

let base = ''
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'fedctl-'))
})
afterEach(() => rmSync(base, {recursive: true}))

test('makes what is missing, for its owner alone, and says where it began', async () => {
  expect(await makeFolder(join(base, 'a', 'b', 'c'))).toBe(join(base, 'a'))
  expect(statSync(join(base, 'a', 'b', 'c')).mode & 0o777).toBe(0o700)
  expect(await makeFolder(join(base, 'a', 'b', 'c'))).toBeUndefined()
  expect(await makeFolder(join(base, 'a', 'b', 'd'))).toBe(join(base, 'a', 'b', 'd'))
})

test('two at once do not disturb each other', async () => {
  await Promise.all([makeFolder(join(base, 'x', 'y')), makeFolder(join(base, 'x', 'z'))])
  expect(statSync(join(base, 'x', 'y')).isDirectory() && statSync(join(base, 'x', 'z')).isDirectory()).toBe(true)
})

test('a file in the way, and a place where nothing can be made, end with the system’s own error', async () => {
  writeFileSync(join(base, 'file'), '')
  await expect(makeFolder(join(base, 'file'))).rejects.toMatchObject({code: 'EEXIST'})
  await expect(makeFolder(join(base, 'file', 'x'))).rejects.toMatchObject({code: 'ENOTDIR'})
  if (process.platform === 'linux') await expect(makeFolder('/proc/x/y')).rejects.toMatchObject({code: 'ENOENT'})
})
