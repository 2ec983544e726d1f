/** A domain of a tenant as administrators know it (MSOnline's Domain). */
export interface Domain {
  readonly authentication: 'Managed' | 'Federated'
  readonly capabilities: readonly string[]
  readonly isDefault: boolean
  readonly isInitial: boolean
  readonly name: string
  /** The root domain this one takes its settings from; absent for a root. */
  readonly rootDomain?: string
  readonly status: 'Verified' | 'Unverified' | 'PendingDeletion'
  readonly verificationMethod?: string
}

/** The DNS record that proves who owns a domain. */
export interface DomainVerificationRecord {
  readonly label: string
  readonly recordType: 'Txt' | 'Mx'
  readonly text?: string
  readonly mailExchange?: string
  readonly preference?: number
  /** Seconds. */
  readonly ttl: number
}
