import type {Part} from '../rules/application-parts.ts'
import type {OtherResource} from '../rules/resource.ts'
import type {StoredObject} from '../store/list-objects.ts'
import {readJsonColumn} from '../store/read-list.ts'
import type {ObjectStates} from './object-kind.ts'
import {readProperties} from './read-body.ts'

type Json = Readonly<Record<string, unknown>>

/** A new or changed object with what it has inside held against the rules; what is not given of an object stays as it was. */
export function completeParts(
  {type, properties}: OtherResource,
  parts: Readonly<Record<string, Part>>,
  {before, after}: ObjectStates,
): StoredObject {
  const changed = Object.entries(parts).filter(([name]) => before === undefined || before[name] !== after[name])
  const columns = changed.map(([name, part]) => {
    const given = read(after[name])
    if (properties[name]?.kind === 'objects') return [name, JSON.stringify(listOf(given, type, part))]
    if (given === null && part.usual === undefined) return [name, null]
    const was = {...part.usual, ...(read(before?.[name]) as Json | null)}
    return [name, JSON.stringify({...was, ...objectOf(given as Json | null, type, part)})]
  })
  return {...after, ...Object.fromEntries(columns)}
}

const read = (column: unknown): unknown => (column == null ? null : readJsonColumn(String(column)))

const listOf = (given: unknown, type: string, part: Part): object[] =>
  ((given ?? []) as Json[]).map((item) => ({...part.usual, ...objectOf(item, type, part)}))

function objectOf(given: Json | null, type: string, {rules, parts = {}}: Part): Json {
  const object = readProperties(given ?? {}, type, rules) as Json
  return Object.fromEntries(
    Object.entries(object).map(([name, value]) => {
      const part = parts[name]
      if (part === undefined || value == null) return [name, value]
      return [name, Array.isArray(value) ? listOf(value, type, part) : objectOf(value as Json, type, part)]
    }),
  )
}
