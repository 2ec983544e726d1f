/** A named connection: which directory, which tenant of it, and as whom. */
export interface Profile {
  readonly name: string
  /** `embedded` is the store file in the data folder. */
  readonly directory: 'embedded'
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
