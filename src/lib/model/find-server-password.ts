import type {DatabaseLocation} from './store-location.ts'

/** Who wants into which database. */
export type DatabaseAccount = Pick<DatabaseLocation, 'host' | 'port' | 'database' | 'user'>

/**
 * The password of an account in the text of a password file (PostgreSQL, "The Password File"): lines of host:port:database:user:password,
 * where * fits anything and \ keeps : and \ from meaning something; the first that fits. Undefined when none does.
 */
export function findServerPassword(text: string, {host, port, database, user}: DatabaseAccount): string | undefined {
  const hosts = host.startsWith('/') ? [host, 'localhost'] : [host]
  const wanted = [hosts, [String(port)], [database], [user]]
  for (const line of text.split(/\r?\n/)) {
    if (line.startsWith('#')) continue
    const fields = [...line.matchAll(/((?:\\.|[^:\\])*)(?::|$)/g)].map(([, field = '']) => field)
    const fits = wanted.every((values, index) => {
      const field = fields[index] ?? ''
      return field === '*' || values.includes(plain(field))
    })
    const password = plain(fields[4] ?? '')
    if (fits && password !== '') return password
  }
  return undefined
}

const plain = (field: string): string => field.replaceAll(/\\(.)/g, '$1')
