import {badRequest} from '../rules/graph-failure.ts'
import type {Literal} from './filter.ts'

/** A word, a literal or a sign of a $filter, and where it stands. */
export type Token = {readonly at: number} & (
  | {readonly kind: 'word'; readonly text: string}
  | {readonly kind: 'literal'; readonly value: Literal}
  | {readonly kind: 'sign'; readonly text: string}
  | {readonly kind: 'end'}
)

const patterns = [
  ['string', /'(?:[^']|'')*'/y],
  ['time', /\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d))?/y],
  ['number', /-?\d+(?:\.\d+)?(?![\w-])/y],
  ['word', /[A-Za-z_@$][\w.@$]*/y],
  ['sign', /[(),:/]/y],
] as const

/** Cuts a $filter into tokens (OData 4.01 ABNF, the part that Graph takes). */
export function readTokens(text: string): Token[] {
  const tokens: Token[] = []
  for (let at = 0; at < text.length; ) {
    if (/\s/.test(text[at] ?? '')) at++
    else {
      const [token, length] = readToken(text, at)
      tokens.push(token)
      at += length
    }
  }
  return [...tokens, {at: text.length, kind: 'end'}]
}

function readToken(text: string, at: number): [Token, number] {
  for (const [kind, pattern] of patterns) {
    pattern.lastIndex = at
    const found = pattern.exec(text)?.[0]
    if (found !== undefined) return [toToken(kind, found, at), found.length]
  }
  throw invalidFilter(`a character at position ${at} that cannot stand there`)
}

const constants = new Map<string, Literal>([
  ['true', true],
  ['false', false],
  ['null', null],
])

function toToken(kind: (typeof patterns)[number][0], text: string, at: number): Token {
  if (kind === 'string') return {at, kind: 'literal', value: text.slice(1, -1).replaceAll("''", "'")}
  if (kind === 'time') return {at, kind: 'literal', value: text}
  if (kind === 'number') return {at, kind: 'literal', value: Number(text)}
  const constant = kind === 'word' ? constants.get(text) : undefined
  return constant === undefined ? {at, kind, text} : {at, kind: 'literal', value: constant}
}

/** The refusal of a $filter that cannot be read: what was found. */
export const invalidFilter = (found: string) => badRequest(`Invalid filter clause: ${found}.`)
