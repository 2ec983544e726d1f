import {type DomainName, readDomainName} from './domain-name.ts'
import {bad, good, type Reading} from './reading.ts'

/** A user principal name, spelled as it was given. Two that differ only in case are the same name: compare with upnKey. */
export type UserPrincipalName = string & {readonly userPrincipalName: unique symbol}

const allowedLocal = /^[A-Za-z0-9'._!#^~$+-]+$/

/**
 * Reads local@domain: the local part 1 to 64 of A-Z a-z 0-9 ' . - _ ! # ^ ~ $ +, no dot at either end or doubled; 113 characters
 * in all; the domain as readDomainName demands.
 */
export function readUserPrincipalName(text: string): Reading<UserPrincipalName> {
  const name = text.trim()
  const at = name.indexOf('@')
  if (at < 0) return bad('it has no @, as in ada@contoso.com')
  if (name.indexOf('@', at + 1) >= 0) return bad('it has more than one @')
  const local = name.slice(0, at)
  if (local === '') return bad('there is nothing before the @')
  if (local.length > 64) return bad('the part before the @ has more than 64 characters')
  if (name.length > 113) return bad('it has more than 113 characters')
  if (!allowedLocal.test(local)) return bad(`"${local}" has a character that is not allowed before the @`)
  if (local.startsWith('.') || local.endsWith('.') || local.includes('..')) return bad('a dot cannot stand there')
  const domain = readDomainName(name.slice(at + 1))
  return domain.ok
    ? good(name as UserPrincipalName)
    : bad(`"${name.slice(at + 1)}" is not a domain name: ${domain.problem}`)
}

/** The domain of a UPN, lower case. */
export const upnSuffix = (upn: string): DomainName => upn.slice(upn.indexOf('@') + 1).toLowerCase() as DomainName

/** The form under which a UPN is unique in a tenant. */
export const upnKey = (upn: string): string => upn.normalize('NFC').toLowerCase()
