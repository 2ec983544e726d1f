import type {GraphClient} from '../graph/graph-client.ts'
import type {Role} from '../model/role.ts'
import type {User} from '../model/user.ts'
import type {Resource, Step} from '../plan/plan.ts'

/** Giving a role to a user, or taking it; no step when it is so. */
export const planMembership = (
  role: Role,
  user: User,
  {isMember, shallBe}: {isMember: boolean; shallBe: boolean},
): readonly Step[] =>
  isMember === shallBe
    ? []
    : [
        {
          side: 'directory',
          kind: 'role member',
          manual: false,
          target: `${role.name}: ${user.userPrincipalName}`,
          action: shallBe ? 'give the role to the user' : 'take the role from the user',
          before: isMember,
          after: shallBe,
        },
      ]

/** Whether a user has a role. */
export async function isRoleMember({roles}: GraphClient, role: Role, objectId: string): Promise<boolean> {
  if (role.objectId === undefined) return false
  for await (const member of roles.members(role.objectId)) if (member.objectId === objectId) return true
  return false
}

/** The membership of one user in one role as a thing that plans change. The role is made from its template when it is first given. */
export function roleMemberResource(graph: GraphClient, role: Role, userId: string): Resource {
  let {objectId} = role
  return {
    read: () => isRoleMember(graph, objectId === undefined ? role : {...role, objectId}, userId),
    async write(_step, to) {
      objectId ??= await graph.roles.activate(role.roleTemplateId)
      await (to === true ? graph.roles.addMember(objectId, userId) : graph.roles.removeMember(objectId, userId))
    },
  }
}
