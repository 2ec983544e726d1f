import * as Flags from '@oclif/core/flags'
import {FedctlError} from '../../lib/errors/fedctl-error.ts'
import {type DomainName, readDomainName} from '../../lib/model/domain-name.ts'
import {type Guid, readGuid} from '../../lib/model/guid.ts'
import type {Reading} from '../../lib/model/reading.ts'
import {readUserPrincipalName, type UserPrincipalName} from '../../lib/model/user-principal-name.ts'

/** The value of a reading; a malformed text becomes the error that names it and what is wrong with it. */
export function valueRead<T>(reading: Reading<T>, text: string, what: string): T {
  if (reading.ok) return reading.value
  throw new FedctlError('ValueMalformed', `"${text}" is not ${what}: ${reading.problem}.`)
}

export const toDomainName = (text: string): DomainName => valueRead(readDomainName(text), text, 'a domain name')
export const toUserPrincipalName = (text: string): UserPrincipalName =>
  valueRead(readUserPrincipalName(text), text, 'a user principal name')
export const toGuid = (text: string): Guid => valueRead(readGuid(text), text, 'a GUID')

/** A UPN or an object id: what holds an @ is a UPN, anything else must be a GUID. */
export const toUserIdentity = (text: string): string =>
  text.includes('@') || readGuid(text).ok === false ? toUserPrincipalName(text) : toGuid(text)

/** The initial domain of a tenant; a bare name gets the usual ending. A domain of one's own cannot be it: it could never be federated. */
export function toInitialDomain(text: string): DomainName {
  const name = toDomainName(text.includes('.') ? text : `${text}.onmicrosoft.com`)
  if (/^[^.]+\.onmicrosoft\.com$/.test(name)) return name
  throw new FedctlError('ValueMalformed', `"${text}" cannot be an initial domain: it must end with .onmicrosoft.com.`, {
    hints: ['Add domains of your own afterwards: fedctl new-domain.'],
  })
}

const yes = ['true', '$true', '1', 'yes']
const no = ['false', '$false', '0', 'no']

/** true or false as a value, in PowerShell's spelling too ($true, 1). */
export const yesNo = Flags.custom<boolean>({
  helpValue: 'true|false',
  async parse(text) {
    const isYes = yes.includes(text.toLowerCase())
    if (isYes || no.includes(text.toLowerCase())) return isYes
    throw new FedctlError('ValueMalformed', `"${text}" is neither true nor false.`)
  },
})

/** An absolute URL with https, or http where `http` is allowed; given on as it was written. */
export const webAddress = Flags.custom<string>({
  helpValue: 'URL',
  async parse(text) {
    if (!URL.canParse(text) || !/^https?:\/\//i.test(text))
      throw new FedctlError('ValueMalformed', `"${text}" is not a URL as in https://sts.contoso.com/adfs/ls/.`)
    return text
  },
})

export const domainName = Flags.custom<DomainName>({helpValue: 'DOMAIN', parse: async (text) => toDomainName(text)})
export const userPrincipalName = Flags.custom<UserPrincipalName>({
  helpValue: 'UPN',
  parse: async (text) => toUserPrincipalName(text),
})
export const guid = Flags.custom<Guid>({helpValue: 'GUID', parse: async (text) => toGuid(text)})

/** A whole number from `least` on, up to `most`. */
export const wholeNumber = (least: number, most = Number.MAX_SAFE_INTEGER) =>
  Flags.custom<number>({
    helpValue: 'N',
    async parse(text) {
      const value = Number(text)
      if (Number.isSafeInteger(value) && value >= least && value <= most) return value
      const range = most === Number.MAX_SAFE_INTEGER ? `of at least ${least}` : `from ${least} to ${most}`
      throw new FedctlError('ValueMalformed', `"${text}" is not a whole number ${range}.`)
    },
  })

/** A time span in days: 30d, or 30. */
export const days = Flags.custom<number>({
  helpValue: 'Nd',
  async parse(text) {
    const [, count] = /^(\d{1,5})d?$/i.exec(text.trim()) ?? []
    if (count === undefined) throw new FedctlError('ValueMalformed', `"${text}" is not a number of days as in 30d.`)
    return Number(count)
  },
})
