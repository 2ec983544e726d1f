import {describe, expect, test} from '@jest/globals'
import fc from 'fast-check'
import {isSubdomainOf, readDomainName} from '../../../src/lib/model/domain-name.ts'
import {readUserPrincipalName, upnKey, upnSuffix} from '../../../src/lib/model/user-principal-name.ts'

const value = (reading: {ok: boolean; value?: string; problem?: string}): string =>
  reading.value ?? `! ${reading.problem}`

describe('readDomainName', () => {
  test.each([
    ['contoso.com', 'contoso.com'],
    [' Contoso.COM. ', 'contoso.com'],
    ['xn--bcher-kva.example', 'xn--bcher-kva.example'],
    ['a.b.c.d', 'a.b.c.d'],
  ])('%s is read as %s', (text, name) => expect(value(readDomainName(text))).toBe(name))

  test.each([
    ['', 'it is empty'],
    ['localhost', 'at least two parts'],
    ['a..b', 'a part between two dots is empty'],
    ['-a.com', '"-a" is not a valid part'],
    ['a_b.com', '"a_b" is not a valid part'],
    ["a';drop.com", 'is not a valid part'],
    ['bücher.example', '"bücher" is not a valid part'],
    ['10.0.0.1', 'the last part cannot be a number'],
    [`${'a'.repeat(64)}.com`, 'is not a valid part'],
    [`${'a.'.repeat(127)}com`, 'more than 253 characters'],
  ])('%s is refused', (text, problem) => expect(value(readDomainName(text))).toContain(problem))

  test('what is read can be read again and stays the same', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const first = readDomainName(text)
        return !first.ok || value(readDomainName(first.value)) === first.value
      }),
    )
  })

  test('a domain is no subdomain of itself, nor of one that it only ends like', () => {
    expect(isSubdomainOf('a.contoso.com', 'contoso.com')).toBe(true)
    expect(isSubdomainOf('contoso.com', 'contoso.com')).toBe(false)
    expect(isSubdomainOf('notcontoso.com', 'contoso.com')).toBe(false)
  })
})

describe('readUserPrincipalName', () => {
  test.each(['ada@contoso.com', "o'hara.+x_y@contoso.com", '$ada@contoso.com', 'A@b.c'])('%s is one', (text) =>
    expect(value(readUserPrincipalName(text))).toBe(text),
  )
  test.each([
    ['ada', 'it has no @'],
    ['a@b@c.com', 'more than one @'],
    ['@contoso.com', 'nothing before the @'],
    ['a b@contoso.com', 'a character that is not allowed'],
    ['ada\u0000@contoso.com', 'a character that is not allowed'],
    ['.ada@contoso.com', 'a dot cannot stand there'],
    ['a..b@contoso.com', 'a dot cannot stand there'],
    [`${'a'.repeat(65)}@contoso.com`, 'more than 64 characters'],
    ['ada@contoso', 'is not a domain name'],
  ])('%s is refused', (text, problem) => expect(value(readUserPrincipalName(text))).toContain(problem))

  test('two names that differ only in case are the same', () => {
    expect(upnKey('Ada@Contoso.com')).toBe(upnKey('ada@contoso.COM'))
    expect(upnSuffix('Ada@Contoso.COM')).toBe('contoso.com')
  })
})
