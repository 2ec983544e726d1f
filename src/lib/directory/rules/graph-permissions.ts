import {derivedId} from './derived-id.ts'

/** A permission of Microsoft Graph: for applications by themselves, for users who use an application, or both. */
export interface GraphPermission {
  /** As tokens and access rules name it. */
  readonly name: string
  readonly description: string
  /** The app role of it. */
  readonly roleId?: string
  /** The delegated permission of it. */
  readonly scopeId?: string
  /** Whether users may give the delegated permission themselves. */
  readonly forUsers: boolean
}

/** The id of Microsoft Graph as an application, in every tenant. */
export const graphAppId = '00000003-0000-0000-c000-000000000000'

/** The service principal of Microsoft Graph in a tenant; nobody made it, so its id follows from the tenant's. */
export const graphServicePrincipalId = (tenantId: string): string => derivedId(tenantId, graphAppId)

type Id = string | 'derived' | undefined

const permission = (name: string, [role, scope]: readonly [Id, Id], description: string): GraphPermission => ({
  name,
  description,
  ...(role === undefined ? {} : {roleId: role === 'derived' ? derivedId('role', name) : role}),
  ...(scope === undefined ? {} : {scopeId: scope === 'derived' ? derivedId('scope', name) : scope}),
  forUsers: usersMayGive.has(name),
})

const usersMayGive = new Set([
  'openid',
  'profile',
  'email',
  'offline_access',
  'User.Read',
  'User.ReadWrite',
  'User.ReadBasic.All',
])

/**
 * The permissions that something here asks for, with the service's ids of role and scope; `derived` where the service's id is in no
 * public list, undefined where the service has none.
 */
export const graphPermissions: readonly GraphPermission[] = [
  permission(
    'Application.Read.All',
    ['9a5d68dd-52b0-4cc2-bd40-abcf44ac3a30', 'c79f8feb-a9db-4090-85f9-90d820caa0eb'],
    'Read all applications',
  ),
  permission(
    'Application.ReadWrite.All',
    ['1bfefb4e-e0b5-418b-a88f-73c46d2cc8e9', 'bdfbf15f-ee85-4955-8675-146e8e5296b5'],
    'Read and write all applications',
  ),
  permission(
    'AppRoleAssignment.ReadWrite.All',
    ['06b708a9-e830-4db3-a914-8e69da51d44f', '84bccea3-f856-4a8a-967b-dbe0a3d53a64'],
    'Give and take app roles and application permissions',
  ),
  permission(
    'AuditLog.Read.All',
    ['b0afded3-3588-46d8-8b3d-9842eff778da', 'e4c9e354-4dc5-45b8-9e7c-e1393b0b1a20'],
    'Read the logs of sign-ins and changes',
  ),
  permission(
    'DelegatedPermissionGrant.Read.All',
    ['81b4724a-58aa-41c1-8a55-84ef97466587', 'a197cdc4-a8e8-4d49-9d35-4ca7c83887b4'],
    'Read all delegated permission grants',
  ),
  permission(
    'DelegatedPermissionGrant.ReadWrite.All',
    ['8e8e4742-1d95-4f68-9d56-6ee75648c72a', '41ce6ca6-6826-4807-84f1-1c82854f7ee5'],
    'Give and take delegated permissions',
  ),
  permission(
    'Device.Read.All',
    ['7438b122-aefc-4978-80ed-43db9fcc7715', '951183d1-1a61-466f-a6d1-1fde911bfd95'],
    'Read all devices',
  ),
  permission('Device.ReadWrite.All', ['1138cb37-bd11-4084-a2b7-9f71582aeddb', undefined], 'Read and write all devices'),
  permission(
    'Directory.AccessAsUser.All',
    [undefined, '0e263e50-5827-48a4-b97c-d940288653c7'],
    'Access the directory as the user who is signed in',
  ),
  permission(
    'Directory.Read.All',
    ['7ab1d382-f21e-4acd-a863-ba3e13f7da61', '06da0dbc-49e2-44d2-8312-53f166ab848a'],
    'Read the directory',
  ),
  permission(
    'Directory.ReadWrite.All',
    ['19dbc75e-c2e2-444c-a770-ec69d8559fc7', 'c5366453-9fb0-48a5-a156-24f0c49a4b84'],
    'Read and write the directory',
  ),
  permission(
    'Domain.Read.All',
    ['dbb9058a-0e50-45d7-ae91-66909b5d4664', '2f9ee017-59c1-4f1d-9472-bd5529a7b311'],
    'Read domains',
  ),
  permission(
    'Domain.ReadWrite.All',
    ['7e05723c-0bb0-42da-be95-ae9f08a6e53c', '0b5d694c-a244-4bde-86e6-eb5cd07730fe'],
    'Read and write domains',
  ),
  permission('Domain-InternalFederation.Read.All', ['derived', 'derived'], 'Read the federation of domains'),
  permission(
    'Domain-InternalFederation.ReadWrite.All',
    ['derived', 'derived'],
    'Read and write the federation of domains',
  ),
  permission(
    'Group.Read.All',
    ['5b567255-7703-4780-807c-7be8301ae99b', '5f8c59db-677d-491f-a6b8-5f174b11ec1d'],
    'Read all groups',
  ),
  permission(
    'Group.ReadWrite.All',
    ['62a82d76-70ea-41e2-9197-370581804d09', '4e46008b-f24c-477d-8fff-7bb4ec7aafe0'],
    'Read and write all groups',
  ),
  permission(
    'GroupMember.Read.All',
    ['98830695-27a2-44f7-8c18-0c3ebc9698f6', 'bc024368-1153-4739-b217-4326f2e966d0'],
    'Read the members of all groups',
  ),
  permission(
    'GroupMember.ReadWrite.All',
    ['dbaae8cf-10b5-4b86-a4a1-f871c94c6695', 'f81125ac-d3b7-4573-a3b2-7099cc39df9e'],
    'Read and write the members of all groups',
  ),
  permission(
    'OnPremDirectorySynchronization.Read.All',
    ['bb70e231-92dc-4729-aff5-697b3f04be95', 'f6609722-4100-44eb-b747-e6ca0536989d'],
    'Read the settings of synchronization',
  ),
  permission(
    'OnPremDirectorySynchronization.ReadWrite.All',
    ['c22a92cc-79bf-4bb1-8b6c-e0a05d3d80ce', 'c2d95988-7604-4ba1-aaed-38a5f82a51c7'],
    'Read and write the settings of synchronization',
  ),
  permission(
    'Organization.Read.All',
    ['498476ce-e0fe-48b0-b801-37ba7e2685c6', '4908d5b9-3fb2-4b1e-9336-1888b7937185'],
    'Read the organization',
  ),
  permission(
    'Organization.ReadWrite.All',
    ['292d869f-3427-49a8-9dab-8c70152b74e9', '46ca0847-7e6b-426e-9775-ea810a948356'],
    'Read and write the organization',
  ),
  permission(
    'Policy.Read.All',
    ['246dd0d5-5bd0-4def-940b-0421030a5b68', '572fea84-0151-49b2-9301-11cb16974376'],
    'Read the policies',
  ),
  permission(
    'Policy.ReadWrite.FedTokenValidation',
    ['90bbca0b-227c-4cdc-8083-1c6cfb95bac6', 'derived'],
    'Read and write which tokens of federated domains are valid',
  ),
  permission(
    'RoleManagement.Read.Directory',
    ['483bed4a-2ad3-4361-a73b-c83ccdbdc53c', '741c54c3-0c1e-44a1-818b-3f97ab4e8c83'],
    'Read directory roles',
  ),
  permission(
    'RoleManagement.ReadWrite.Directory',
    ['9e3f62cf-ca93-4989-b6ce-bf83c28f9fe8', 'd01b97e9-cbc0-49fe-810a-750afd5527a3'],
    'Give and take directory roles',
  ),
  permission('User.Read', [undefined, 'e1fe6dd8-ba31-4d61-89e7-88639da4683d'], 'Sign in and read the own profile'),
  permission(
    'User.Read.All',
    ['df021288-bdef-4463-88db-98f22de89214', 'a154be20-db9c-4678-8ab7-66f6cc099a59'],
    'Read the profiles of all users',
  ),
  permission(
    'User.ReadBasic.All',
    ['97235f07-e226-4f63-ace3-39588e11d3a1', 'b340eb25-3456-403f-be2f-af7a0d370277'],
    'Read the basic profiles of all users',
  ),
  permission('User.ReadWrite', [undefined, 'b4e74841-8e56-480b-be8b-910348b18b4c'], 'Read and write the own profile'),
  permission(
    'User.ReadWrite.All',
    ['741f803b-c850-494e-b5df-cde7c675a1ca', '204e0828-b5ca-4ad8-b9f3-f32a958e7cc4'],
    'Read and write the profiles of all users',
  ),
  permission(
    'User.RevokeSessions.All',
    ['77f3a031-c388-4f99-b373-dc68676a979e', 'fc30e98b-8810-4501-81f5-c20a3196387b'],
    'End the sessions of all users',
  ),
  permission(
    'UserAuthenticationMethod.ReadWrite.All',
    ['50483e42-d915-4231-9639-7fdb7fd190e5', 'b7887744-6746-4312-813d-72daeaee7e2d'],
    'Read and write how all users sign in',
  ),
  permission('email', [undefined, '64a6cdd6-aab1-4aaf-94b8-3cc8405e90d0'], 'See the mail address'),
  permission('offline_access', [undefined, '7427e0e9-2fba-42fe-b0c0-848c9e6a8182'], 'Keep the access that was given'),
  permission('openid', [undefined, '37f7f235-527c-4136-accd-4a02d197296e'], 'Sign in'),
  permission('profile', [undefined, '14dad69e-099b-42c9-810b-d002981feec1'], 'See the basic profile'),
]

/** The app roles of Microsoft Graph, as Graph writes them. */
export const graphAppRoles: readonly object[] = graphPermissions.flatMap(({name, description, roleId}) =>
  roleId === undefined
    ? []
    : [
        {
          allowedMemberTypes: ['Application'],
          description,
          displayName: description,
          id: roleId,
          isEnabled: true,
          origin: 'Application',
          value: name,
        },
      ],
)

/** The delegated permissions of Microsoft Graph, as Graph writes them. */
export const graphScopes: readonly object[] = graphPermissions.flatMap(({name, description, scopeId, forUsers}) =>
  scopeId === undefined
    ? []
    : [
        {
          adminConsentDescription: description,
          adminConsentDisplayName: description,
          id: scopeId,
          isEnabled: true,
          type: forUsers ? 'User' : 'Admin',
          userConsentDescription: description,
          userConsentDisplayName: description,
          value: name,
        },
      ],
)
