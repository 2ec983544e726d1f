import type {Queries} from './schema.ts'

/** The ids of the groups that somebody is a direct member of. */
export async function listGroupsOf(db: Queries, memberId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('objectLinks')
    .innerJoin('groups', 'groups.id', 'objectLinks.objectId')
    .select('groups.id')
    .where('targetId', '=', memberId)
    .where('property', '=', 'members')
    .where('groups.deletedDateTime', 'is', null)
    .execute()
  return rows.map(({id}) => id)
}
