import {existsSync, readFileSync} from 'node:fs'
import {homedir} from 'node:os'
import {join} from 'node:path'
import {refuseExposed} from '../lib/files/refuse-exposed.ts'
import {type DatabaseAccount, findServerPassword} from '../lib/model/find-server-password.ts'
import type {Parts} from './context.ts'
import {readPassword} from './flags/password.ts'

type World = Pick<Parts, 'environment' | 'uid'>

/**
 * The password of an account at a database server: the first line of the file that was given, else PGPASSWORD, else as libpq finds it in the
 * file that PGPASSFILE names or in ~/.pgpass; undefined when there is none. Throws FileUnsafe for a file that others can read.
 */
export function serverPassword(
  account: DatabaseAccount,
  {environment, uid}: World,
  file: string | undefined,
): string | undefined {
  if (file !== undefined) {
    refuseExposed({path: file, what: 'The password file', uid})
    return readPassword(file)
  }
  if (environment['PGPASSWORD']) return environment['PGPASSWORD']
  const path = environment['PGPASSFILE'] || usualFile(environment)
  if (!existsSync(path)) return undefined
  refuseExposed({path, what: 'The password file', uid})
  return findServerPassword(readFileSync(path, 'utf8'), account)
}

/** PostgreSQL, "The Password File". */
const usualFile = ({APPDATA}: Readonly<Record<string, string | undefined>>): string =>
  APPDATA === undefined ? join(homedir(), '.pgpass') : join(APPDATA, 'postgresql', 'pgpass.conf')
