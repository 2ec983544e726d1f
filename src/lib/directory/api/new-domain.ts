import type {Insertable} from 'kysely'
import type {DomainTable} from '../store/schema.ts'
import type {Services} from './call.ts'

/** What a verified domain is used for unless it is changed. */
export const usualServices = JSON.stringify(['Email', 'OfficeCommunicationsOnline'])

/** A domain that is not in the store yet, with the number that will prove it. */
export function newDomain(
  {randomBytes}: Services,
  {
    tenantId,
    name,
    root = null,
    isVerified,
  }: {tenantId: string; name: string; root?: string | null; isVerified: boolean},
): Insertable<DomainTable> {
  const number = Buffer.from(randomBytes(4)).readUInt32BE() % 100_000_000
  return {
    tenantId,
    name,
    root,
    isVerified,
    isDefault: false,
    isInitial: false,
    supportedServices: isVerified ? usualServices : '[]',
    passwordValidityPeriodInDays: 90,
    passwordNotificationWindowInDays: 14,
    verificationCode: String(number).padStart(8, '0'),
  }
}
