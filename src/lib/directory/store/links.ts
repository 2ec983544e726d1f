import type {LinkProperty, ObjectLinkTable} from './object-tables.ts'
import type {Queries} from './schema.ts'

/** Objects that a link leads to from one object: its members, its owners. */
export interface Linked {
  readonly objectId: string
  readonly property: LinkProperty
  /** The other way: the groups it is a member of, what it owns. */
  readonly backwards?: true
  /** Through groups as well, over any number of steps. */
  readonly isTransitive?: true
}

/** The ids that a link leads to, as a query. A group that is deleted leads nowhere; a circle of groups ends where it began. */
export function linkedIds(db: Queries, {objectId, property, backwards, isTransitive}: Linked) {
  const [from, to] = backwards ? (['targetId', 'objectId'] as const) : (['objectId', 'targetId'] as const)
  const first = db
    .selectFrom('objectLinks')
    .select(`${to} as id`)
    .where(`objectLinks.${from}`, '=', objectId)
    .where('objectLinks.property', '=', property)
  if (!isTransitive) return first
  return db
    .withRecursive('reached', (with_) =>
      first.union(
        with_
          .selectFrom('objectLinks')
          .innerJoin('reached', 'reached.id', `objectLinks.${from}`)
          .innerJoin('groups', 'groups.id', 'reached.id')
          .select(`objectLinks.${to} as id`)
          .where('groups.deletedDateTime', 'is', null)
          .where('objectLinks.property', '=', property),
      ),
    )
    .selectFrom('reached')
    .select('id')
    .where('id', '<>', objectId)
}

/** One object that belongs to another. */
export type Link = Readonly<ObjectLinkTable>
type LinkKey = Pick<Link, 'objectId' | 'property' | 'targetId'>

/** Links two objects that are not linked so. */
export const addLink = (db: Queries, link: Link): Promise<unknown> =>
  db.insertInto('objectLinks').values(link).execute()

/** Undoes a link. */
export const removeLink = (db: Queries, {objectId, property, targetId}: LinkKey): Promise<unknown> =>
  db
    .deleteFrom('objectLinks')
    .where('objectId', '=', objectId)
    .where('property', '=', property)
    .where('targetId', '=', targetId)
    .execute()

/** Whether two objects are linked so. */
export async function hasLink(db: Queries, {objectId, property, targetId}: LinkKey): Promise<boolean> {
  const link = await db
    .selectFrom('objectLinks')
    .select('targetId')
    .where('objectId', '=', objectId)
    .where('property', '=', property)
    .where('targetId', '=', targetId)
    .executeTakeFirst()
  return link !== undefined
}

/** The links of a property that begin at some objects. */
export const listLinks = async (
  db: Queries,
  objectIds: readonly string[],
  property: LinkProperty,
): Promise<readonly Link[]> =>
  objectIds.length === 0
    ? []
    : db
        .selectFrom('objectLinks')
        .selectAll()
        .where('objectId', 'in', objectIds)
        .where('property', '=', property)
        .orderBy('targetId')
        .execute()
