import type {X509Certificate} from 'node:crypto'
import {longestLifetimeMinutes, strictTokenRules, type TokenRules} from '../model/token-rules.ts'

/**
 * What a token is held against. What is not given is not known, and so not compared; no member turns a check off. The rules of a trust are
 * the strict ones when nothing is said.
 */
export interface ExpectedToken extends Partial<TokenRules> {
  /** The keys of the trust, the current certificate first; nothing else is believed. */
  readonly certificates: readonly X509Certificate[]
  readonly issuer: string
  /** `urn:federation:MicrosoftOnline` when nothing else is said. */
  readonly audience?: string
  /** The addresses it may have been posted to: Recipient and Destination are each one of them. */
  readonly recipients?: readonly string[]
  /** The id of the request that a response of SAML 2.0 answers. */
  readonly requestId?: string
  /** As what it was posted: `wresult` or `SAMLResponse`; either, and a bare assertion, when nothing is said. */
  readonly protocol?: 'WsFed' | 'Samlp'
  /** The time it is judged at. */
  readonly at: Date
  /** How far the clocks may differ; 180 at most, and when nothing is said. */
  readonly skewSeconds?: number
}

/** The same with what holds when nothing is said. */
export interface Expectation extends ExpectedToken {
  readonly audience: string
  readonly skewMilliseconds: number
  readonly lifetimeMilliseconds: number
}

/** The audience of Microsoft's cloud. */
export const cloudAudience = 'urn:federation:MicrosoftOnline'

/** Fills in what holds when nothing is said, and keeps skew and lifetime within their limits. */
export const toExpectation = (expected: ExpectedToken): Expectation => ({
  ...expected,
  audience: expected.audience ?? cloudAudience,
  skewMilliseconds: within(expected.skewSeconds ?? 180, 180) * 1000,
  lifetimeMilliseconds:
    within(expected.lifetimeMinutes ?? strictTokenRules.lifetimeMinutes, longestLifetimeMinutes) * 60_000,
})

const within = (value: number, most: number): number => Math.min(Math.max(value, 0), most)
