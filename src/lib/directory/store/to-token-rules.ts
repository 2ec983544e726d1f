import type {TokenRules} from '../../model/token-rules.ts'
import type {StoredFederation} from './federations.ts'

/** What a trust allows its tokens, as it is stored. */
export const toTokenRules = ({
  tokenLifetimeMinutes,
  allowSha1,
}: Pick<StoredFederation, 'tokenLifetimeMinutes' | 'allowSha1'>): TokenRules => ({
  lifetimeMinutes: tokenLifetimeMinutes,
  allowSha1: Boolean(allowSha1),
})
