/** What a check found out about one thing. An error forbids the change; a warning is shown; both name what to do. */
export interface Finding {
  readonly severity: 'error' | 'warning' | 'information'
  /** Stable, for --accept and scripts. */
  readonly code: string
  readonly subject: string
  readonly message: string
  readonly hint: string
  /** An error that --accept does not silence: the directory would refuse the change, or the trust could not work. */
  readonly final?: true
}
