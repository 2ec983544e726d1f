import type {Compilable, CompiledQuery, DialectAdapter} from 'kysely'
import type {Queries} from './schema.ts'

/**
 * A question that is asked often. Kysely takes longer to write it than SQLite to answer, so it is written once for each database; after
 * that only the texts in it are new. `write` puts them into the question as they are and makes nothing depend on them.
 */
export function writtenOnce<Texts extends readonly string[], Row>(
  write: (db: Queries, ...texts: Texts) => Compilable<Row>,
): (db: Queries, ...texts: Texts) => Promise<Row[]> {
  const known = new WeakMap<DialectAdapter, Question<Row>>()
  return async (db, ...texts) => {
    const {adapter} = db.getExecutor()
    const question = known.get(adapter) ?? toQuestion(write(db, ...(texts.map(toMark) as unknown as Texts)).compile())
    known.set(adapter, question)
    const {rows} = await db.executeQuery<Row>({
      ...question.query,
      parameters: question.places.map((place) => place(texts)),
    })
    return rows
  }
}

interface Question<Row> {
  readonly query: CompiledQuery<Row>
  readonly places: readonly ((texts: readonly string[]) => unknown)[]
}

// Nothing that is written into a question by itself begins like this.
const toMark = (_: string, index: number): string => `\0${index}`

const toQuestion = <Row>(query: CompiledQuery<Row>): Question<Row> => ({
  query,
  places: query.parameters.map((value) => {
    const place = typeof value === 'string' && value.startsWith('\0') ? Number(value.slice(1)) : undefined
    return place === undefined ? () => value : (texts) => texts[place]
  }),
})
