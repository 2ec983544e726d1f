/** What decides when a password ends. */
export interface PasswordAge {
  readonly lastPasswordChangeDateTime: string | null
  /** The user's passwordPolicies, as Graph writes them. */
  readonly passwordPolicies: string | null
  /** That of the domain. */
  readonly validityPeriodInDays: number
}

/** As many days stand for never. */
const never = 2_147_483_647
const dayMilliseconds = 24 * 3600_000

/** Whether a password has ended: so many days after it was set, unless the domain or the user says that it never does. */
export function isPasswordExpired(
  {lastPasswordChangeDateTime, passwordPolicies, validityPeriodInDays}: PasswordAge,
  now: Date,
): boolean {
  if (lastPasswordChangeDateTime === null || validityPeriodInDays >= never) return false
  if ((passwordPolicies ?? '').includes('DisablePasswordExpiration')) return false
  return now.getTime() >= Date.parse(lastPasswordChangeDateTime) + validityPeriodInDays * dayMilliseconds
}
