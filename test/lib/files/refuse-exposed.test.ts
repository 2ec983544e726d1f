import {chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, describe, expect, test} from '@jest/globals'
import {isReadableByOthers} from '../../../src/lib/files/is-readable-by-others.ts'
import {refuseExposed} from '../../../src/lib/files/refuse-exposed.ts'

const folder = mkdtempSync(join(tmpdir(), 'fedctl-files-'))
afterAll(() => rmSync(folder, {recursive: true}))
const uid = process.geteuid?.() ?? 0
let count = 0

function fileOf(mode: number): string {
  const path = join(folder, `${++count}`)
  writeFileSync(path, 'x')
  chmodSync(path, mode)
  return path
}

const refuse = (path: string, by: number | undefined = uid) => refuseExposed({path, what: 'The thing', uid: by})

describe('a file of ours', () => {
  test.each([0o600, 0o400, 0o700])('of mode %d passes', (mode) => {
    expect(() => refuse(fileOf(mode))).not.toThrow()
  })

  test.each([0o640, 0o620, 0o604, 0o602, 0o610, 0o666])('of mode %d is refused', (mode) => {
    const path = fileOf(mode)
    expect(() => refuse(path)).toThrow(
      expect.objectContaining({
        code: 'FileUnsafe',
        message: `The thing ${path} can be read or changed by others. It is left as it is.`,
        hints: [expect.stringContaining(`chmod 600 ${path}`)],
      }),
    )
    // Where files have no mode, there is nothing to see.
    expect(() => refuseExposed({path, what: 'The thing', uid: undefined})).not.toThrow()
  })

  test('of another user is refused', () => {
    expect(() => refuse(fileOf(0o600), uid + 1)).toThrow('belongs to another user')
  })

  test('behind a link is refused, and so is what is no file', () => {
    const link = join(folder, 'link')
    symlinkSync(fileOf(0o600), link)
    expect(() => refuse(link)).toThrow('is a link')
    expect(() => refuse('/dev/null')).toThrow('is not a file')
  })

  test('that is not there, is a folder, or lies below a file is left to who opens it', () => {
    mkdirSync(join(folder, 'sub'), {mode: 0o755})
    for (const path of [join(folder, 'missing'), join(folder, 'sub'), join(fileOf(0o600), 'below')])
      expect(() => refuse(path)).not.toThrow()
  })
})

describe('a file of somebody’s', () => {
  test('is readable by others when its mode says so, also behind a link', () => {
    const link = join(folder, 'link-to-open')
    symlinkSync(fileOf(0o644), link)
    const paths = [fileOf(0o640), fileOf(0o604), link, fileOf(0o600), fileOf(0o622), folder, join(folder, 'nowhere')]
    expect(paths.map((path) => isReadableByOthers(path, uid))).toEqual([true, true, true, false, false, false, false])
    expect(isReadableByOthers(fileOf(0o644), undefined)).toBe(false)
  })
})
