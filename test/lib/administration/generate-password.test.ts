import {randomBytes} from 'node:crypto'
import {expect, test} from '@jest/globals'
import {generatePassword} from '../../../src/lib/administration/generate-password.ts'

test('a password has 16 characters of all four classes and none that is easily mistaken', () => {
  const passwords = Array.from({length: 500}, () => generatePassword((size) => randomBytes(size)))
  for (const password of passwords) {
    expect(password).toHaveLength(16)
    for (const letters of [/[a-z]/, /[A-Z]/, /[0-9]/, /[!#%*+\-=?]/]) expect(password).toMatch(letters)
    expect(password).not.toMatch(/[lIO01]/)
  }
  expect(new Set(passwords).size).toBe(500)
})
