import {badRequest} from '../rules/graph-failure.ts'
import type {Filter} from './filter.ts'

// Both keep the SQL small; Graph limits the length of the URL instead.
const [deepest, mostClauses] = [20, 50]

/** Reads a $search on directory objects: "property:text" clauses, each in double quotes, with AND, OR and brackets between them. */
export const parseSearch = (text: string): Filter => new SearchParser(text).whole()

class SearchParser {
  readonly #text: string
  #at = 0
  #depth = 0
  #clauses = 0

  constructor(text: string) {
    this.#text = text
  }

  whole(): Filter {
    const filter = this.#either()
    if (this.#takes(/$/y) === undefined) throw this.#unexpected()
    return filter
  }

  #either(): Filter {
    return this.#joined('or', /OR(?=[\s("])/y, () => this.#joined('and', /AND(?=[\s("])/y, () => this.#term()))
  }

  #joined(is: 'and' | 'or', word: RegExp, part: () => Filter): Filter {
    const all = [part()]
    while (this.#takes(word)) all.push(part())
    const [only] = all
    return all.length === 1 && only !== undefined ? only : {is, all}
  }

  #term(): Filter {
    if (!this.#takes(/\(/y)) return this.#clause()
    if (++this.#depth > deepest) throw invalidSearch(`more than ${deepest} levels of brackets`)
    const filter = this.#either()
    if (!this.#takes(/\)/y)) throw this.#unexpected()
    this.#depth--
    return filter
  }

  #clause(): Filter {
    const clause = this.#takes(/"((?:[^"\\]|\\.)*)"/sy)
    if (clause === undefined) throw this.#unexpected()
    if (++this.#clauses > mostClauses) throw invalidSearch(`more than ${mostClauses} clauses`)
    const [, property, value = ''] = /^\s*(\w+):(.*)$/s.exec(clause.replaceAll(/\\(.)/gs, '$1')) ?? []
    if (property === undefined) throw invalidSearch(`"${clause}", where "property:text" must stand`)
    return {is: 'search', property, value: value.trim()}
  }

  /** What matches here after blanks: its group, or the whole. */
  #takes(pattern: RegExp): string | undefined {
    while (/\s/.test(this.#text[this.#at] ?? '')) this.#at++
    pattern.lastIndex = this.#at
    const match = pattern.exec(this.#text)
    if (match === null) return undefined
    this.#at = pattern.lastIndex
    return match[1] ?? match[0]
  }

  #unexpected() {
    if (this.#at >= this.#text.length) return invalidSearch('it ends too early')
    return invalidSearch(`a character at position ${this.#at} that cannot stand there`)
  }
}

/** The refusal of a $search that cannot be read: what was found. */
const invalidSearch = (found: string) => badRequest(`Invalid search clause: ${found}.`)
