/** What the identity provider needs to set its relying party up or to remove it, and what a person has to do with it. */
export interface RelyingPartyFiles {
  readonly files: readonly RelyingPartyFile[]
  /** For people: "run Set-RelyingParty.ps1 on the AD FS server". */
  readonly action: string
}

export interface RelyingPartyFile {
  readonly path: string
  readonly text: string
  /** The text that stands there now and would be overwritten; null when there is none. */
  readonly before: string | null
}
