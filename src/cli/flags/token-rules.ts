import {longestLifetimeMinutes, type TokenRules} from '../../lib/model/token-rules.ts'
import {wholeNumber, yesNo} from './value.ts'

/** What the embedded directory allows the tokens of one trust. */
export const tokenRulesFlags = {
  'token-lifetime-minutes': wholeNumber(
    1,
    longestLifetimeMinutes,
  )({summary: 'How long tokens may be valid; 60 when a trust is made. Embedded directory only.'}),
  'allow-sha1': yesNo({
    summary: 'Whether signatures by SHA-1 are accepted, which can be forged. Embedded directory only.',
  }),
}

/** The rules that were given; undefined when none was. */
export function givenTokenRules(given: {
  readonly tokenLifetimeMinutes?: number | undefined
  readonly allowSha1?: boolean | undefined
}): Partial<TokenRules> | undefined {
  const {tokenLifetimeMinutes: lifetimeMinutes, allowSha1} = given
  if (lifetimeMinutes === undefined && allowSha1 === undefined) return undefined
  return {...(lifetimeMinutes !== undefined && {lifetimeMinutes}), ...(allowSha1 !== undefined && {allowSha1})}
}
