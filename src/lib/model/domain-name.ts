import {bad, good, type Reading} from './reading.ts'

/** A DNS domain name in lower case, without a final dot. */
export type DomainName = string & {readonly domainName: unique symbol}

const label = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/

/** Reads a domain name: at least two labels of letters, digits and hyphens (RFC 1123, 2.1); names in other scripts as punycode. */
export function readDomainName(text: string): Reading<DomainName> {
  const name = text.trim().toLowerCase().replace(/\.$/, '')
  if (name.length === 0) return bad('it is empty')
  if (name.length > 253) return bad('it has more than 253 characters')
  const labels = name.split('.')
  if (labels.length < 2) return bad('it needs at least two parts, as in contoso.com')
  const wrong = labels.find((part) => !label.test(part))
  if (wrong !== undefined)
    return bad(wrong === '' ? 'a part between two dots is empty' : `"${wrong}" is not a valid part`)
  if (/^\d+$/.test(labels.at(-1) ?? '')) return bad('the last part cannot be a number')
  return good(name as DomainName)
}

/** Whether `name` lies below `root`; a domain is not its own subdomain. */
export const isSubdomainOf = (name: string, root: string): boolean => name.endsWith(`.${root}`)
