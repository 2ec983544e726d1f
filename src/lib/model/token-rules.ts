/** What a directory allows the tokens of one trust beyond what it allows everybody's; Microsoft Graph has no word for it. */
export interface TokenRules {
  /** How long a token may be valid, in minutes. */
  readonly lifetimeMinutes: number
  /** Whether signatures may rest on SHA-1, for a provider that cannot do better: whoever can make it collide gets in. */
  readonly allowSha1: boolean
}

/** What holds of a trust where nothing else is said. */
export const strictTokenRules: TokenRules = {lifetimeMinutes: 60, allowSha1: false}

/** No trust is given tokens that are valid for longer: a day. */
export const longestLifetimeMinutes = 24 * 60
