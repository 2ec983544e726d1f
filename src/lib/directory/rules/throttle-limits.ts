/** A limit of the service: so much in so many seconds, refilled all the time. */
export interface ThrottleLimit {
  /** Whom it is for, as the answer names it. */
  readonly scope: 'Tenant_Application' | 'Application' | 'Tenant'
  /** What it limits, as the answer names it. */
  readonly limit: 'Read' | 'Write' | 'ReadWrite'
  /** What is counted: resource units, requests that change something, or all requests. */
  readonly counts: 'units' | 'writes' | 'requests'
  readonly most: number
  readonly seconds: number
}

/** Tenants of less than 50 users, up to 500, and more. */
export type TenantSize = 'S' | 'M' | 'L'

/** The size of a tenant with so many users. */
export const tenantSize = (users: number): TenantSize => (users < 50 ? 'S' : users <= 500 ? 'M' : 'L')

/** More users than this make no difference. */
export const mostCounted = 501

const units = {S: 3500, M: 5000, L: 8000} as const

/** The limits of identity and access for a tenant of this size. */
export const identityLimits = (size: TenantSize): readonly ThrottleLimit[] => [
  {scope: 'Tenant_Application', limit: 'ReadWrite', counts: 'units', most: units[size], seconds: 10},
  {scope: 'Tenant_Application', limit: 'Write', counts: 'writes', most: 3000, seconds: 150},
  {scope: 'Application', limit: 'ReadWrite', counts: 'units', most: 150_000, seconds: 20},
  {scope: 'Application', limit: 'Write', counts: 'writes', most: 70_000, seconds: 300},
  {scope: 'Tenant', limit: 'Write', counts: 'writes', most: 18_000, seconds: 300},
]

/** The limit of the logs, which are served by another service. */
export const logLimits: readonly ThrottleLimit[] = [
  {scope: 'Tenant_Application', limit: 'Read', counts: 'requests', most: 5, seconds: 10},
]
