import {noSuchProperty} from '../odata/check-filter.ts'
import {directoryObjectResource} from '../rules/directory-object-properties.ts'
import {GraphFailure} from '../rules/graph-failure.ts'
import {findProperty, graphType, type Resource} from '../rules/resource.ts'
import {attach, type Showing} from '../store/attach.ts'
import {countObjects, findObjects, listPlaces, type ObjectSet} from '../store/list-objects.ts'
import type {Queries} from '../store/schema.ts'
import {type Answer, context, ok, type TenantCall} from './call.ts'
import {isAdvanced, nextLink, readFilter, readListOptions, refuseOthers} from './list-options.ts'
import {readShown, toGraphObject} from './to-graph-object.ts'

/** Objects of several kinds in one list. */
export interface MixedSet extends Omit<ObjectSet, 'resource' | 'filter'> {
  readonly resources: readonly Resource[]
}

/** One page of objects of several kinds, each with its type; $filter and $orderby ask what all have. */
export async function answerMixedList(call: TenantCall, {resources, ...among}: MixedSet): Promise<Answer> {
  const {select, counts, filter, ...page} = readListOptions(call, directoryObjectResource)
  refuseUnknown(resources, select)
  const sets = resources.map((resource) => ({...among, resource, ...(filter === undefined ? {} : {filter})}))
  return call.services.store.read(async (db) => {
    const places = await listPlaces(db, sets, {...page, size: page.size + 1})
    const shown = places.slice(0, page.size)
    const last = shown.at(-1)
    const count = counts && page.after === undefined ? await countAll(db, sets) : undefined
    return ok({
      '@odata.context': context(call, 'directoryObjects'),
      ...(count === undefined ? {} : {'@odata.count': count}),
      ...(last === undefined || places.length === shown.length
        ? {}
        : {'@odata.nextLink': nextLink(call, [last.key, last.id])}),
      value: await findPlaced(db, shown, {resources, tenantId: among.tenantId, select}),
    })
  })
}

/** How many objects of several kinds there are, as text: only as an advanced query. */
export async function answerMixedCount(call: TenantCall, {resources, ...among}: MixedSet): Promise<Answer> {
  refuseOthers(call, ['$filter'])
  if (!isAdvanced(call)) throw new GraphFailure(400, 'Request_BadRequest', '$count is not currently supported.')
  const filter = readFilter(call, directoryObjectResource, true)
  const sets = resources.map((resource) => ({...among, resource, ...(filter === undefined ? {} : {filter})}))
  return ok(String(await call.services.store.read((db) => countAll(db, sets))))
}

/** Objects of one kind as elements of a list of several kinds: with their type, and of what was selected what the kind has. */
export async function toDirectoryObjects(
  db: Queries,
  resource: Resource,
  {tenantId, objects, select}: Omit<Showing, 'shown'> & {readonly select: readonly string[] | undefined},
): Promise<readonly object[]> {
  const shown = readShown(
    resource,
    select?.filter((name) => hasProperty(resource, name)),
  )
  const whole = await attach(db, resource, {tenantId, objects, shown})
  const type = `#${graphType(resource)}`
  return whole.map((object) => ({'@odata.type': type, ...toGraphObject(resource, object, shown)}))
}

/** Refuses a selected name that none of the kinds has. */
export function refuseUnknown(resources: readonly Resource[], select: readonly string[] | undefined): void {
  const unknown = select?.find((name) => !resources.some((resource) => hasProperty(resource, name)))
  if (unknown !== undefined) throw noSuchProperty(unknown, directoryObjectResource)
}

const hasProperty = (resource: Resource, name: string): boolean =>
  findProperty(resource, name) !== undefined || Object.hasOwn(resource.constants, name)

interface Asked {
  readonly resources: readonly Resource[]
  readonly tenantId: string
  readonly select: readonly string[] | undefined
}

/** Objects of several kinds by where they stand, in that order. */
export async function findPlaced(
  db: Queries,
  places: readonly {readonly table: string; readonly id: string}[],
  {resources, tenantId, select}: Asked,
): Promise<readonly object[]> {
  const found = new Map<string, object>()
  for (const resource of resources) {
    const ids = places.filter(({table}) => table === resource.table).map(({id}) => id)
    const objects = await findObjects(db, resource.table, ids)
    const shown = await toDirectoryObjects(db, resource, {tenantId, objects, select})
    objects.forEach(({id}, index) => {
      found.set(id, shown[index] ?? {})
    })
  }
  return places.flatMap(({id}) => found.get(id) ?? [])
}

async function countAll(db: Queries, sets: readonly ObjectSet[]): Promise<number> {
  let count = 0
  for (const set of sets) count += await countObjects(db, set)
  return count
}
