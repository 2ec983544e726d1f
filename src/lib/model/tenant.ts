/** A tenant of the embedded directory. */
export interface Tenant {
  readonly tenantId: string
  readonly displayName: string
  readonly initialDomain: string
  /** `none`: domain names are trusted without a DNS record (labs). */
  readonly domainVerification: 'dns' | 'none'
  readonly createdDateTime: string
}

/** A tenant that has just been made, with its first Global Administrator. */
export interface NewTenant extends Tenant {
  readonly administratorId: string
  readonly administrator: string
  /** Known only now. */
  readonly administratorPassword: string
}
