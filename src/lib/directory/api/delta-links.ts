import type {ObjectChange} from '../store/changes.ts'
import {listLinks} from '../store/links.ts'
import type {LinkProperty} from '../store/object-tables.ts'
import type {Queries} from '../store/schema.ts'

/** Which links of which objects are told: all of those that the client does not know, of the others what has changed. */
export interface ToldLinks {
  readonly properties: readonly LinkProperty[]
  readonly unknown: readonly string[]
  readonly changes: readonly ObjectChange[]
}

/** What is told of links beside each object, by its id: `members@delta`. */
export async function tellLinks(
  db: Queries,
  {properties, unknown, changes}: ToldLinks,
): Promise<ReadonlyMap<string, object>> {
  const told = new Map<string, Record<string, object[]>>()
  const tell = (id: string, property: string, link: object): void => {
    const links = told.get(id) ?? {}
    links[`${property}@delta`] = [...(links[`${property}@delta`] ?? []), link]
    told.set(id, links)
  }
  for (const property of properties) {
    const changed = changesOf(changes, property).filter(({objectId}) => !unknown.includes(objectId))
    const ids = [...new Set([...unknown, ...changed.map(({objectId}) => objectId)])]
    const now = await listLinks(db, ids, property)
    for (const {objectId, targetId, targetType} of now)
      if (unknown.includes(objectId)) tell(objectId, property, toLink(targetId, targetType))
    for (const {objectId, target} of changed) {
      const isThere = now.some((link) => link.objectId === objectId && link.targetId === target.id)
      const link = toLink(target.id, target.type)
      tell(objectId, property, isThere ? link : {...link, '@removed': {reason: 'deleted'}})
    }
  }
  return told
}

interface LinkChange {
  readonly objectId: string
  readonly target: {readonly id: string; readonly type: string}
}

/** Who was linked or let go, each once. */
function changesOf(changes: readonly ObjectChange[], property: LinkProperty): readonly LinkChange[] {
  const found = changes
    .filter(({properties}) => properties.includes(property))
    .map(({objectId, targetResources}): LinkChange => {
      const [target] = JSON.parse(targetResources) as LinkChange['target'][]
      return {objectId, target: {id: target?.id ?? '', type: target?.type ?? ''}}
    })
  return [...new Map(found.map((change) => [`${change.objectId} ${change.target.id}`, change])).values()]
}

const toLink = (id: string, type: string): object => ({
  '@odata.type': `#microsoft.graph.${type.charAt(0).toLowerCase()}${type.slice(1)}`,
  id,
})
