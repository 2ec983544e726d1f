import {badRequest} from '../rules/graph-failure.ts'
import {type Answer, type Call, context, ok} from './call.ts'
import {readSelect, readTop, refuseOthers} from './list-options.ts'

type Json = Readonly<Record<string, unknown>>

/** A collection that is small enough to be given whole; $select and $top are obeyed. */
export function answerCollection(call: Call, of: string, value: readonly object[]): Answer {
  return answerWhole(call, of, value.slice(0, readTop(call)), ['$select', '$top'])
}

/** A collection that is always given whole: $select is obeyed, $top refused. */
export function answerUnpaged(call: Call, of: string, value: readonly object[]): Answer {
  refusePages(call)
  return answerWhole(call, of, value, ['$select'])
}

/** Refuses $top where Graph has no pages: at directory roles, their templates and their members. */
export function refusePages({url}: Call): void {
  if (url.searchParams.has('$top'))
    throw badRequest(
      'This resource does not support custom page sizes. Please retry without a page size argument.',
      'Request_UnsupportedQuery',
    )
}

function answerWhole(call: Call, of: string, value: readonly object[], options: readonly string[]): Answer {
  refuseOthers(call, options)
  const select = readSelect(call)
  return ok({'@odata.context': context(call, of), value: value.map((element) => pick(element, select))})
}

/** What was selected of an object; all of it when nothing was. */
export const pick = (element: object, select: readonly string[] | undefined): Json =>
  select === undefined
    ? {...element}
    : Object.fromEntries(Object.entries(element).filter(([name]) => name.startsWith('@') || select.includes(name)))
