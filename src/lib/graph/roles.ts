import type {Role, RoleMember} from '../model/role.ts'
import type {GraphApi} from './graph-api.ts'
import {type Json, optionalText, present, text} from './json.ts'
import {segment} from './odata.ts'

/** Directory roles. A role that nobody has been given yet has no object id: it is only a template. */
export interface RolesClient {
  list(): AsyncIterable<Role>
  /** By name (any case), object id or template id; undefined when there is no such role. */
  find(identity: string): Promise<Role | undefined>
  /** Makes a template a role of this tenant; gives its object id. */
  activate(roleTemplateId: string): Promise<string>
  members(objectId: string): AsyncIterable<RoleMember>
  addMember(objectId: string, memberId: string): Promise<void>
  removeMember(objectId: string, memberId: string): Promise<void>
}

/** Directory roles over the Graph API; references to members are written with `baseUrl`. */
export function rolesClient(api: GraphApi, baseUrl: string): RolesClient {
  async function* list(): AsyncIterable<Role> {
    const active = new Map<string, Json>()
    for await (const json of api.list('/directoryRoles')) active.set(text(json, 'roleTemplateId'), json)
    for await (const json of api.list('/directoryRoleTemplates')) yield toRole(json, active.get(text(json, 'id')))
  }
  const members = (objectId: string): string => `/directoryRoles/${segment(objectId)}/members`
  return {
    list,
    async find(identity) {
      const wanted = identity.toLowerCase()
      for await (const role of list())
        if ([role.name.toLowerCase(), role.objectId, role.roleTemplateId].includes(wanted)) return role
      return undefined
    },
    activate: async (roleTemplateId) => text(await api.post('/directoryRoles', {roleTemplateId}), 'id'),
    async *members(objectId) {
      for await (const json of api.list(members(objectId))) yield toMember(json)
    },
    addMember: async (objectId, memberId) =>
      void (await api.post(`${members(objectId)}/$ref`, {
        '@odata.id': `${baseUrl}/directoryObjects/${segment(memberId)}`,
      })),
    removeMember: (objectId, memberId) => api.delete(`${members(objectId)}/${segment(memberId)}/$ref`),
  }
}

const toRole = (template: Json, active: Json | undefined): Role =>
  present({
    description: optionalText(template, 'description') ?? '',
    isEnabled: active !== undefined,
    isSystem: true,
    name: text(template, 'displayName'),
    objectId: active === undefined ? undefined : text(active, 'id'),
    roleTemplateId: text(template, 'id'),
  })

const memberTypes = {
  '#microsoft.graph.group': 'Group',
  '#microsoft.graph.servicePrincipal': 'ServicePrincipal',
} as const

const toMember = (json: Json): RoleMember =>
  present({
    displayName: optionalText(json, 'displayName') ?? '',
    emailAddress: optionalText(json, 'userPrincipalName') ?? optionalText(json, 'mail'),
    isLicensed: Array.isArray(json['assignedLicenses']) && json['assignedLicenses'].length > 0,
    objectId: text(json, 'id'),
    roleMemberType: memberTypes[json['@odata.type'] as keyof typeof memberTypes] ?? ('User' as const),
  })
