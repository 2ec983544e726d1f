import type {Access} from '../rules/access.ts'
import {readCast} from '../rules/directory-object-properties.ts'
import {badRequest} from '../rules/graph-failure.ts'
import type {Resource} from '../rules/resource.ts'
import type {Linked} from '../store/links.ts'
import type {Queries} from '../store/schema.ts'
import {type Answer, context, ok, parameter, type TenantCall, type TenantRoute} from './call.ts'
import {answerMixedCount, answerMixedList} from './list-directory-objects.ts'
import {answerObjectCount, answerObjectList} from './list-objects.ts'

/** Objects that belong to the one that a path names, as they are listed. */
export interface Relation {
  /** Up to the relation: `/groups/:object/members`. */
  readonly path: string
  readonly needs: Access
  /** The kinds that can be among them. */
  readonly resources: readonly Resource[]
  readonly link: Omit<Linked, 'objectId'>
  /** The object that the path names; throws when there is none. */
  find(db: Queries, call: TenantCall): Promise<{readonly id: string}>
}

/** The routes by which related objects are read: all, how many, and those of one kind (OData 4.01 part 2, 4.11). */
export function relationRoutes(relation: Relation): readonly TenantRoute[] {
  const {path, needs} = relation
  return [
    {method: 'GET', path, needs, run: (call) => answerRelated(call, relation)},
    {method: 'GET', path: `${path}/$count`, needs, run: (call) => answerCount(call, relation)},
    {method: 'GET', path: `${path}/:cast`, needs, run: (call) => answerRelated(call, castOf(call, relation))},
    {method: 'GET', path: `${path}/:cast/$count`, needs, run: (call) => answerCount(call, castOf(call, relation))},
  ]
}

/** A relation to what is of one kind only. */
type Cast = Relation & {readonly isCast?: true}

function castOf(call: TenantCall, relation: Relation): Cast {
  const cast = parameter(call, 'cast')
  const resources = readCast(cast, relation.resources)
  if (resources === undefined) throw badRequest(`Resource not found for the segment '${cast}'.`)
  return {...relation, resources, isCast: true}
}

async function answerRelated(call: TenantCall, relation: Cast): Promise<Answer> {
  const among = await setOf(call, relation)
  const {resources, isCast} = relation
  const [resource] = resources
  if (resource === undefined) return ok({'@odata.context': context(call, 'directoryObjects'), value: []})
  return isCast ? answerObjectList(call, {...among, resource}) : answerMixedList(call, {...among, resources})
}

async function answerCount(call: TenantCall, relation: Cast): Promise<Answer> {
  const among = await setOf(call, relation)
  const {resources, isCast} = relation
  const [resource] = resources
  if (isCast && resource !== undefined) return answerObjectCount(call, {...among, resource})
  return answerMixedCount(call, {...among, resources})
}

async function setOf(call: TenantCall, {find, link}: Relation) {
  const {id: objectId} = await call.services.store.read((db) => find(db, call))
  return {tenantId: call.tenant.id, linked: {...link, objectId}}
}
