import {describe, expect, test} from '@jest/globals'
import {isDatabaseUrl, readDatabaseUrl, toDatabaseUrl} from '../../../src/lib/model/store-location.ts'

describe('the URL of a database', () => {
  test.each([
    ['postgres://db.contoso.com', {host: 'db.contoso.com', port: 5432, schema: 'fedctl'}],
    ['postgresql://ada@[::1]:6000/fed', {host: '::1', port: 6000, user: 'ada', database: 'fed', schema: 'fedctl'}],
    ['postgres:///fed?host=/run/postgresql', {host: '/run/postgresql', port: 5432, database: 'fed', schema: 'fedctl'}],
    ['postgres://%2Ftmp%2Fpg/fed', {host: '/tmp/pg', port: 5432, database: 'fed', schema: 'fedctl'}],
    [
      'postgres://a%40b@db/fed%2F1?schema=lab&sslmode=verify-ca&sslrootcert=/etc/ca.pem',
      {
        host: 'db',
        port: 5432,
        user: 'a@b',
        database: 'fed/1',
        schema: 'lab',
        tls: 'verify-ca',
        rootCertificateFile: '/etc/ca.pem',
      },
    ],
  ])('%s is read', (url, value) => expect(readDatabaseUrl(url)).toEqual({ok: true, value}))

  test.each([
    'postgres://ada:hunter2@db/fed',
    'postgres://ada:hun/ter2@db/fed',
    'postgres://ada:hun@ter2@db/fed',
    'postgresql://ada:@db',
    'postgres://db/fed?password=hunter2',
    'postgres://db/fed?sslmode=disable&Password=hunter2',
  ])('%s holds a password', (url) => expect(readDatabaseUrl(url)).toEqual({ok: false, problem: 'it holds a password'}))

  test.each([
    ['postgres:db', 'must be as in'],
    ['postgres://one,two/fed', 'must be as in'],
    ['postgres://db:99/fed#x', 'must be as in'],
    ['postgres://db/%zz', 'not well encoded'],
    ['postgres:///fed', 'names no host'],
    ['postgres://db/fed?options=-csearch_path%3Dx', 'parameters can be'],
    ['postgres://db/fed?schema=a&schema=b', 'parameters can be'],
    ['postgres://db/fed?schema=pg_catalog', 'schema must be'],
    ['postgres://db/fed?schema=a"b', 'schema must be'],
    ['postgres://db/fed?sslrootcert=ca.pem', 'whole path'],
    ['postgres://db/fed?sslmode=prefer', 'sslmode must be one of'],
  ])('%s is refused', (url, problem) =>
    expect(readDatabaseUrl(url)).toEqual({ok: false, problem: expect.stringContaining(problem)}),
  )

  test('is told from a file, and shown as it was meant', () => {
    expect(['postgres://x', 'PostgreSQL://x', '/srv/postgres', 'directory.sqlite'].map(isDatabaseUrl)).toEqual([
      true,
      true,
      false,
      false,
    ])
    const place = {host: '/tmp/pg', port: 6000, user: 'a@b', database: 'fed', schema: 'lab'}
    expect(toDatabaseUrl(place)).toBe('postgres://a%40b@%2Ftmp%2Fpg:6000/fed?schema=lab')
    expect(readDatabaseUrl(toDatabaseUrl(place))).toEqual({ok: true, value: place})
  })
})
