import {createHash} from 'node:crypto'
import type {StoreLocation} from '../../src/lib/model/store-location.ts'
import {databaseAt} from './postgres-server.ts'

/** Where a test that names a file keeps its directory: there, or under FEDCTL_TEST_STORE, in a schema of its own of that server. */
export function testStore(file: string): StoreLocation {
  const port = process.env['FEDCTL_TEST_STORE']
  if (port === undefined) return file
  return databaseAt(Number(port), `t_${createHash('sha256').update(file).digest('hex').slice(0, 24)}`)
}

/** Whether stores are on the server. */
export const isOnServer = process.env['FEDCTL_TEST_STORE'] !== undefined
