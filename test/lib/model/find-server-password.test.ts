import {expect, test} from '@jest/globals'
import {findServerPassword} from '../../../src/lib/model/find-server-password.ts'

const account = {host: 'db.contoso.com', port: 5432, database: 'fedctl', user: 'ada'}

test.each([
  ['db.contoso.com:5432:fedctl:ada:hunter2', account, 'hunter2'],
  ['# db.contoso.com:5432:fedctl:ada:no\n*:*:*:ada:hunter2\r\n*:*:*:*:later', account, 'hunter2'],
  ['*:*:*:*:a\\:b\\\\c:d', account, 'a:b\\c'],
  ['localhost:*:*:*:socket', {...account, host: '/run/postgresql'}, 'socket'],
  ['\\:\\:1:*:*:*:six', {...account, host: '::1'}, 'six'],
  ['db.contoso.com:5433:fedctl:ada:no', account, undefined],
  ['db.contoso.com:5432:other:ada:no', account, undefined],
  ['db.contoso.com:5432:fedctl:bob:no', account, undefined],
  ['contoso.com:5432:fedctl:ada:no', account, undefined],
  ['*:*:*:*:', account, undefined],
  ['hunter2', account, undefined],
])('%j', (text, wanted, password) => expect(findServerPassword(text, wanted)).toBe(password))
