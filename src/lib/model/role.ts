/** A directory role as administrators know it (MSOnline's Role). */
export interface Role {
  readonly description: string
  readonly isEnabled: boolean
  readonly isSystem: boolean
  readonly name: string
  /** The id of the role in this tenant; absent until somebody is given the role for the first time. */
  readonly objectId?: string
  readonly roleTemplateId: string
}

/** A member of a role. */
export interface RoleMember {
  readonly displayName: string
  readonly emailAddress?: string
  readonly isLicensed: boolean
  readonly objectId: string
  readonly roleMemberType: 'User' | 'Group' | 'ServicePrincipal'
}

/** The template id of Global Administrator, the same in every tenant. */
export const globalAdministratorTemplateId = '62e90394-69f5-4237-9190-012177145e10'
