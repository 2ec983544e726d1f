import {describe, expect, test} from '@jest/globals'
import {
  certificateNames,
  listServedNames,
  readListenAddress,
  readServedName,
} from '../../../src/lib/model/listen-address.ts'

describe('readListenAddress', () => {
  test.each([
    ['127.0.0.1:8443', '127.0.0.1', 8443, true],
    ['127.8.9.1:0', '127.8.9.1', 0, true],
    ['LocalHost:443', '127.0.0.1', 443, true],
    [' [::1]:65535 ', '[::1]', 65_535, true],
    ['[0:0::1]:1', '[::1]', 1, true],
    ['0.0.0.0:8443', '0.0.0.0', 8443, false],
    ['[::]:8443', '[::]', 8443, false],
    ['10.0.0.1:8443', '10.0.0.1', 8443, false],
    // Two ways around a check that compares text.
    ['[::ffff:10.0.0.1]:1', '[::ffff:a00:1]', 1, false],
    ['2130706433:1', '127.0.0.1', 1, true],
  ])('reads %s', (text, host, port, isLoopback) =>
    expect(readListenAddress(text)).toEqual({ok: true, value: {host, port, isLoopback}}),
  )

  test.each([
    '',
    '127.0.0.1',
    ':8443',
    'contoso.com:1',
    '127.0.0.1:65536',
    '127.0.0.1:x',
    '1.2.3.4.5:1',
    '[::1:1',
    '256.0.0.1:1',
    'a b:1',
    'u@127.0.0.1:1',
    '127.0.0.1:1/x',
  ])('refuses "%s"', (text) => expect(readListenAddress(text)).toMatchObject({ok: false}))
})

test('a name may have a port of its own, and is compared in lower case', () => {
  expect(readServedName('Directory.Contoso.com')).toEqual({ok: true, value: {host: 'directory.contoso.com'}})
  expect(readServedName('directory.contoso.com:443')).toEqual({
    ok: true,
    value: {host: 'directory.contoso.com', port: 443},
  })
  for (const text of ['https://contoso.com', 'contoso.com/', '*.contoso.com', ''])
    expect(readServedName(text)).toMatchObject({ok: false})
})

test('a server answers to its address, to this machine and to the names it was given; all addresses is no name', () => {
  const at = (host: string) => ({host, port: 1, isLoopback: false})
  const given = [{host: 'a.test', port: 443}]
  expect(listServedNames(at('10.0.0.1'), given).map(({host}) => host)).toEqual([
    '10.0.0.1',
    'localhost',
    '127.0.0.1',
    '[::1]',
    'a.test',
  ])
  expect(certificateNames(at('[::]'), given)).toEqual(['localhost', '127.0.0.1', '::1', 'a.test'])
})
