import {GraphFailure} from '../rules/graph-failure.ts'
import {attach} from '../store/attach.ts'
import {countObjects, listObjects, type ObjectSet} from '../store/list-objects.ts'
import {type Answer, context, ok, type TenantCall} from './call.ts'
import {expand} from './expand.ts'
import {isAdvanced, join, nextLink, readFilter, readListOptions, readSearch, refuseOthers} from './list-options.ts'
import {columnsOf, readShown, refuseSingles, toGraphObject} from './to-graph-object.ts'

/** One page of a set of objects, as $select, $filter, $orderby, $top and $count want it. */
export async function answerObjectList(call: TenantCall, among: ObjectSet): Promise<Answer> {
  const {resource} = among
  const {select, counts, filter, ...page} = readListOptions(call, resource, ['$expand'])
  const shown = readShown(resource, select)
  refuseSingles(resource, shown)
  const set = filter === undefined ? among : {...among, filter}
  const {store} = call.services
  const columns = columnsOf(resource, shown)
  // One more than the page holds tells whether there is another page.
  const {tenantId} = among
  const {rows, objects, expanded} = await store.read(async (db) => {
    const rows = await listObjects(db, set, {...page, columns, size: page.size + 1})
    const objects = await attach(db, resource, {tenantId, objects: rows.slice(0, page.size), shown})
    return {rows, objects, expanded: await expand(db, call, {resource, objects})}
  })
  const last = objects.at(-1)
  const isWhole = rows.length === objects.length
  const isCounted = counts && page.after === undefined
  const count = isCounted && !isWhole ? await store.read((db) => countObjects(db, set)) : objects.length
  return ok({
    '@odata.context': context(call, resource.table),
    ...(isCounted ? {'@odata.count': count} : {}),
    ...(last === undefined || isWhole ? {} : {'@odata.nextLink': nextLink(call, [String(last['sortKey']), last.id])}),
    value: objects.map((object, index) => ({...toGraphObject(resource, object, shown), ...expanded[index]})),
  })
}

/** How many objects of a kind there are, as text: only as an advanced query. */
export async function answerObjectCount(call: TenantCall, among: ObjectSet): Promise<Answer> {
  refuseOthers(call, ['$filter', '$search'])
  if (!isAdvanced(call)) throw new GraphFailure(400, 'Request_BadRequest', '$count is not currently supported.')
  const filter = join(readFilter(call, among.resource, true), readSearch(call, among.resource))
  const set = filter === undefined ? among : {...among, filter}
  return ok(String(await call.services.store.read((db) => countObjects(db, set))))
}
