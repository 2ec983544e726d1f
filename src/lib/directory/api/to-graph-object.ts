import {noSuchProperty} from '../odata/check-filter.ts'
import {GraphFailure} from '../rules/graph-failure.ts'
import {findProperty, type ObjectProperty, type Resource} from '../rules/resource.ts'
import {readJsonColumn, readList} from '../store/read-list.ts'

type Json = Readonly<Record<string, unknown>>

/** The properties of objects that an answer shows: what was selected, or Graph's standard ones. Refuses a name that is none. */
export function readShown(resource: Resource, select: readonly string[] | undefined): readonly string[] {
  const {properties, constants, attached = [], standardConstants = [], singles = {}} = resource
  if (select === undefined)
    return [...Object.keys(properties).filter((name) => properties[name]?.standard), ...standardConstants, ...attached]
  for (const name of select)
    if (
      findProperty(resource, name) === undefined &&
      !Object.hasOwn(constants, name) &&
      !attached.includes(name) &&
      !Object.hasOwn(singles, name)
    )
      throw noSuchProperty(name, resource)
  return select
}

/** Refuses to show of many what Graph shows of one only. */
export function refuseSingles({singles = {}}: Resource, shown: readonly string[]): void {
  if (shown.some((name) => Object.hasOwn(singles, name)))
    throw new GraphFailure(501, 'NotImplemented', 'This operation target is not yet supported.')
}

/** The columns that hold what is shown. */
export const columnsOf = (resource: Resource, shown: readonly string[]): string[] =>
  shown.flatMap((name) => {
    const rule = findProperty(resource, name)
    return rule === undefined ? [] : [columnOf(rule, name)]
  })

/** An object as Graph writes one. */
export const toGraphObject = (resource: Resource, object: object, shown: readonly string[]): Json =>
  Object.fromEntries(shown.map((name) => [name, toValue(resource, object as Json, name)]))

/** The column of a property; lists have theirs under their own names. */
const columnOf = ({kind, column}: ObjectProperty, name: string): string => (kind === 'texts' ? name : (column ?? name))

function toValue(resource: Resource, object: Json, name: string): unknown {
  const rule = findProperty(resource, name)
  if (rule === undefined)
    return resource.attached?.includes(name) ? object[name] : {...resource.singles, ...resource.constants}[name]
  const value = object[columnOf(rule, name)]
  if (value === null || value === undefined) return null
  if (rule.kind === 'texts') return readList(String(value))
  if (rule.kind === 'object' || rule.kind === 'objects') return readJsonColumn(String(value))
  return rule.kind === 'flag' ? Boolean(value) : value
}
