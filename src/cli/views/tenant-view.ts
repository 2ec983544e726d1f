import type {Tenant} from '../../lib/model/tenant.ts'
import {viewOf} from './view.ts'

/** A tenant that was just made, and where its administrator's password lies. */
export interface MadeTenant extends Tenant {
  readonly administrator: string
  readonly passwordFile: string
  readonly profile: string
}

export const madeTenantView = viewOf<MadeTenant>([
  'administrator',
  'createdDateTime',
  'displayName',
  'domainVerification',
  'initialDomain',
  'passwordFile',
  'profile',
  'tenantId',
])

export const tenantView = viewOf<Tenant>([
  'createdDateTime',
  'displayName',
  'domainVerification',
  'initialDomain',
  'tenantId',
])
