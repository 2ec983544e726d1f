/** What the identity provider's side needs: files that are written, and what a person has to do with them there. */
export interface ProviderWork {
  readonly files: readonly ProviderFile[]
  /** For people: "run adfs-relying-party.ps1 on the primary AD FS server". */
  readonly action: string
}

/** A file for the identity provider, and what stands there now. */
export interface ProviderFile {
  readonly path: string
  readonly text: string
  /** The text that stands there now and would be overwritten; null when there is none. */
  readonly before: string | null
}
