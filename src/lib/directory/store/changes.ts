import {keptMilliseconds} from './audits.ts'
import {readList} from './read-list.ts'
import type {Queries} from './schema.ts'

/** One change of an object, as delta queries see it. */
export interface ObjectChange {
  readonly sequence: number
  readonly objectId: string
  /** Whether it came, went, or came back, whatever its properties. */
  readonly isOfWhole: boolean
  readonly properties: readonly string[]
  /** As the audit log has it: JSON. */
  readonly targetResources: string
}

/** Whose changes are wanted, of which type in the words of the audit log, and between which sequences: after one, up to the other. */
export interface ChangeSet {
  readonly tenantId: string
  readonly type: string
  readonly after: number
  readonly upTo: number
}

/** How long changes can be asked for. */
export const changesKeptMilliseconds = keptMilliseconds

/** The sequence of the newest change of any tenant; 0 when none is known. */
export async function lastSequence(db: Queries): Promise<number> {
  const last = await db.selectFrom('audits').select('sequence').orderBy('sequence', 'desc').limit(1).executeTakeFirst()
  return last?.sequence ?? 0
}

/** The first changes of a set, in the order in which they were made. */
export async function listChanges(
  db: Queries,
  {tenantId, type, after, upTo}: ChangeSet,
  most: number,
): Promise<readonly ObjectChange[]> {
  const rows = await db
    .selectFrom('audits')
    .select(['sequence', 'objectId', 'operationType', 'changedProperties', 'targetResources'])
    .where('tenantId', '=', tenantId)
    .where('objectType', '=', type)
    .where('sequence', '>', after)
    .where('sequence', '<=', upTo)
    .orderBy('sequence')
    .limit(most)
    .execute()
  return rows.map(({sequence, objectId, operationType, changedProperties, targetResources}) => {
    const properties = readList(changedProperties)
    const isOfWhole = ['Add', 'Delete'].includes(operationType) || properties.includes('deletedDateTime')
    return {sequence, objectId, isOfWhole, properties, targetResources}
  })
}
