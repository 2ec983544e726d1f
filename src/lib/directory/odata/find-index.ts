import {type Filterable, findProperty} from '../rules/resource.ts'
import type {Filter} from './filter.ts'

/**
 * The property by whose index a filter finds what it asks for, which is then best listed in that order; `id` when the values of a list
 * are looked up; undefined when everything has to be looked at.
 */
export function findIndex(filter: Filter, resource: Filterable): string | undefined {
  switch (filter.is) {
    case 'and':
      return filter.all.map((part) => findIndex(part, resource)).find((found) => found !== undefined)
    case 'any':
      return filter.by === 'endsWith' || filter.value === '' ? undefined : 'id'
    case 'match':
      return filter.by === 'startsWith' && filter.value !== '' ? indexed(filter.property, resource) : undefined
    case 'compare':
      return filter.by === 'eq' && filter.value !== null ? indexed(filter.property, resource) : undefined
    case 'in':
      return filter.values.includes(null) ? undefined : indexed(filter.property, resource)
    default:
      return undefined
  }
}

function indexed(property: string, resource: Filterable): string | undefined {
  const rule = findProperty(resource, property)
  return rule?.key !== undefined || rule?.hasIndex ? property : undefined
}
