import {type Answer, type Call, context, ok} from './call.ts'
import {readSelect, readTop, refuseOthers} from './list-options.ts'

type Json = Readonly<Record<string, unknown>>

/** A collection that is small enough to be given whole; $select and $top are obeyed. */
export function answerCollection(call: Call, of: string, value: readonly object[]): Answer {
  refuseOthers(call, ['$select', '$top'])
  const select = readSelect(call)
  const first = value.slice(0, readTop(call))
  return ok({'@odata.context': context(call, of), value: first.map((element) => pick(element, select))})
}

/** What was selected of an object; all of it when nothing was. */
export const pick = (element: object, select: readonly string[] | undefined): Json =>
  select === undefined
    ? {...element}
    : Object.fromEntries(Object.entries(element).filter(([name]) => name.startsWith('@') || select.includes(name)))
