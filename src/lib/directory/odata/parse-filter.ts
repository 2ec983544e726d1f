import {badRequest} from '../rules/graph-failure.ts'
import type {Comparison, Filter, Literal, TextMatch} from './filter.ts'
import {invalidFilter, readTokens, type Token} from './filter-tokens.ts'

const comparisons = new Set<string>(['eq', 'ne', 'gt', 'ge', 'lt', 'le'])
const matches = new Map<string, TextMatch>([
  ['startswith', 'startsWith'],
  ['endswith', 'endsWith'],
])
// Both keep the tree of the SQL far below SQLite's own limit (1000 levels).
const [deepest, mostValues] = [50, 200]

/** Reads a $filter: and, or, not, brackets, comparisons, in, startsWith, endsWith, and any on lists. */
export function parseFilter(text: string): Filter {
  const parser = new FilterParser(readTokens(text))
  return parser.whole()
}

function knownFunction(name: string): TextMatch {
  const match = matches.get(name.toLowerCase())
  if (match !== undefined) return match
  if (name.toLowerCase() === 'contains')
    throw badRequest("Filter operator 'Contains' is not supported.", 'Request_UnsupportedQuery')
  throw invalidFilter(
    `An unknown function with name '${name}' was found. This may also be a function import or a key lookup on a navigation property, which is not allowed`,
  )
}

/** A clause about an element of a list, as a clause about the list. */
function toAny(clause: Filter, list: string, element: string): Filter {
  const isMatch = clause.is === 'match' || (clause.is === 'compare' && clause.by === 'eq')
  if (!isMatch || typeof clause.value !== 'string' || clause.property.split('/')[0] !== element)
    throw invalidFilter('an any that is not eq, startsWith or endsWith')
  // What the element has is named after the list: targetResources/id.
  const property = list + clause.property.slice(element.length)
  return {is: 'any', property, by: clause.is === 'match' ? clause.by : 'eq', value: clause.value}
}

class FilterParser {
  readonly #tokens: readonly Token[]
  #next = 0
  #depth = 0
  #values = 0

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens
  }

  whole(): Filter {
    const filter = this.#either()
    if (this.#peek().kind !== 'end') throw this.#unexpected()
    return filter
  }

  #either(): Filter {
    return this.#joined('or', () => this.#joined('and', () => this.#term()))
  }

  #joined(word: 'and' | 'or', part: () => Filter): Filter {
    const all = [part()]
    while (this.#takes('word', word)) all.push(part())
    const [only] = all
    return all.length === 1 && only !== undefined ? only : {is: word, all}
  }

  #term(): Filter {
    if (++this.#depth > deepest) throw invalidFilter(`more than ${deepest} levels of brackets`)
    try {
      if (this.#takes('word', 'not')) return {is: 'not', what: this.#term()}
      if (!this.#takes('sign', '(')) return this.#clause()
      const filter = this.#either()
      this.#sign(')')
      return filter
    } finally {
      this.#depth--
    }
  }

  #clause(): Filter {
    const property = this.#path()
    if (this.#takes('sign', '('))
      return property.includes('/')
        ? this.#any(property)
        : {is: 'match', by: knownFunction(property), ...this.#arguments()}
    if (property.endsWith('/$count')) return this.#count(property.slice(0, -'/$count'.length))
    const operator = this.#word().toLowerCase()
    if (operator === 'in') return {is: 'in', property, values: this.#list()}
    if (!comparisons.has(operator)) throw invalidFilter(`the unknown operator '${operator}'`)
    return {is: 'compare', property, by: operator as Comparison, value: this.#literal()}
  }

  /** A property, or one inside another: a/b/c. */
  #path(): string {
    let path = this.#word()
    while (this.#takes('sign', '/')) path += `/${this.#word()}`
    return path
  }

  /** What stands in the brackets of startsWith and endsWith. */
  #arguments(): {property: string; value: string} {
    const property = this.#path()
    this.#sign(',')
    const value = this.#text()
    this.#sign(')')
    return {property, value}
  }

  #any(path: string): Filter {
    const end = path.lastIndexOf('/')
    if (path.slice(end) !== '/any') throw invalidFilter(`'${path}', where only any can stand`)
    const list = path.slice(0, end)
    const element = this.#word()
    this.#sign(':')
    const inner = this.#joined('or', () => this.#clause())
    this.#sign(')')
    return inner.is === 'or'
      ? {is: 'or', all: inner.all.map((clause) => toAny(clause, list, element))}
      : toAny(inner, list, element)
  }

  /** Whether a list is empty is all that can be asked of its length. */
  #count(property: string): Filter {
    const [operator, value] = [this.#word().toLowerCase(), this.#literal()]
    if (value !== 0 || !(operator === 'eq' || operator === 'ne'))
      throw invalidFilter(`'${property}/$count', which can only be eq 0 or ne 0`)
    const filter: Filter = {is: 'empty', property}
    return operator === 'eq' ? filter : {is: 'not', what: filter}
  }

  #list(): Literal[] {
    this.#sign('(')
    const values = [this.#literal()]
    while (this.#takes('sign', ',')) values.push(this.#literal())
    this.#sign(')')
    return values
  }

  #literal(): Literal {
    const token = this.#peek()
    if (token.kind !== 'literal') throw this.#unexpected()
    if (++this.#values > mostValues) throw invalidFilter(`more than ${mostValues} values`)
    this.#next++
    return token.value
  }

  #text(): string {
    const value = this.#literal()
    if (typeof value !== 'string') throw invalidFilter(`${value}, where a string must stand`)
    return value
  }

  #word(): string {
    const token = this.#peek()
    if (token.kind !== 'word') throw this.#unexpected()
    this.#next++
    return token.text
  }

  #sign(text: string): void {
    if (!this.#takes('sign', text)) throw this.#unexpected()
  }

  #takes(kind: 'word' | 'sign', text: string): boolean {
    const token = this.#peek()
    const isThere = token.kind === kind && token.text.toLowerCase() === text
    if (isThere) this.#next++
    return isThere
  }

  #peek(): Token {
    return this.#tokens[this.#next] ?? {at: 0, kind: 'end'}
  }

  #unexpected() {
    const token = this.#peek()
    if (token.kind === 'end') return invalidFilter('it ends too early')
    const found = token.kind === 'literal' ? JSON.stringify(token.value) : `'${token.text}'`
    return invalidFilter(`${found} at position ${token.at} cannot stand there`)
  }
}
