import {mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterEach, beforeEach, describe, expect, test} from '@jest/globals'
import {type KeyMaterialFile, writeKeyMaterial} from '../../../src/lib/certificates/write-key-material.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fedctl-'))
})
afterEach(() => rmSync(folder, {recursive: true}))

const file = (name: string, content: string, isPrivate = false): KeyMaterialFile => ({
  path: join(folder, name),
  content,
  isPrivate,
})
const there = (): Record<string, string> =>
  Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]))
const mode = (name: string): number => statSync(join(folder, name)).mode & 0o777

describe('writeKeyMaterial', () => {
  test('writes private files for the owner alone, and leaves nothing else', async () => {
    expect(await writeKeyMaterial([file('a.key', 'k', true), file('a.cer', 'c')])).toEqual([])
    expect(there()).toEqual({'a.key': 'k', 'a.cer': 'c'})
    expect(mode('a.key')).toBe(0o600)
    expect(mode('a.cer')).toBe(0o644 & ~process.umask())
  })

  test('refuses what exists before anything is written, a dangling link too', async () => {
    writeFileSync(join(folder, 'a.cer'), 'old')
    symlinkSync(join(folder, 'nowhere'), join(folder, 'link.key'))
    await expect(writeKeyMaterial([file('a.key', 'k', true), file('a.cer', 'new')])).rejects.toMatchObject({
      code: 'FileExists',
      message: `${join(folder, 'a.cer')} exists already.`,
      hints: ['Add --overwrite to replace it, or choose another name.'],
    })
    await expect(writeKeyMaterial([file('link.key', 'k', true)])).rejects.toMatchObject({code: 'FileExists'})
    expect(readdirSync(folder)).toEqual(['a.cer', 'link.key'])
    expect(readFileSync(join(folder, 'a.cer'), 'utf8')).toBe('old')
  })

  test('overwrites certificates when asked to, private keys never', async () => {
    await writeKeyMaterial([file('a.key', 'k', true), file('a.cer', 'old')])
    await writeKeyMaterial([file('b.key', 'k', true), file('a.cer', 'new'), file('b.cer', 'b')], true)
    expect(there()).toEqual({'a.key': 'k', 'b.key': 'k', 'a.cer': 'new', 'b.cer': 'b'})
    await expect(writeKeyMaterial([file('a.cer', 'newer'), file('a.key', 'other', true)], true)).rejects.toMatchObject({
      code: 'FileExists',
      hints: [expect.stringMatching(/never overwritten/)],
    })
    expect(there()).toMatchObject({'a.key': 'k', 'a.cer': 'new'})
  })

  test('takes everything back when a later file fails, and what was replaced returns', async () => {
    writeFileSync(join(folder, 'a.cer'), 'old')
    mkdirSync(join(folder, 'b.cer'))
    const files = [file('a.key', 'k', true), file('a.cer', 'new'), file('b.cer', 'new')]
    await expect(writeKeyMaterial(files, true)).rejects.toMatchObject({
      code: 'FileFailure',
      message: expect.stringContaining(`${join(folder, 'b.cer')} cannot be written`),
    })
    expect(readdirSync(folder)).toEqual(['a.cer', 'b.cer'])
    expect(readFileSync(join(folder, 'a.cer'), 'utf8')).toBe('old')
  })

  test('the same path twice is refused and taken back', async () => {
    await expect(writeKeyMaterial([file('a', 'k', true), file('a', 'c')])).rejects.toMatchObject({code: 'FileExists'})
    expect(there()).toEqual({})
  })

  test('makes folders that are missing, and takes them back', async () => {
    await writeKeyMaterial([file('new/below/a.key', 'k', true)])
    expect(mode('new')).toBe(0o700)
    expect(readFileSync(join(folder, 'new/below/a.key'), 'utf8')).toBe('k')
    await expect(
      writeKeyMaterial([file('other/b.key', 'k', true), file('new/below/a.key/x', 'c')]),
    ).rejects.toMatchObject({
      code: 'FileFailure',
      message: expect.stringContaining(`${join(folder, 'new/below/a.key/x')} cannot be written: `),
    })
    expect(readdirSync(folder)).toEqual(['new'])
  })
})
