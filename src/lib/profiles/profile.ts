/** A named connection: which directory, which tenant of it, and as whom. */
export interface Profile {
  readonly name: string
  readonly directory: 'embedded'
  /** The file or the postgres:// URL of the store; absent: the file in the data folder. */
  readonly store?: string
  readonly tenantId: string
  /** The tenant's initial domain. */
  readonly tenant: string
  /** The account that commands act as. */
  readonly accountId: string
}

/** What the profile file holds. */
export interface Profiles {
  readonly current: string | undefined
  readonly profiles: Readonly<Record<string, Profile>>
}
