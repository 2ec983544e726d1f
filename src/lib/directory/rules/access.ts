/** What a request needs: one of these permissions and, of a user, one of these roles as well. */
export interface Access {
  /** Names of Graph's permissions; the first is the least. Those of an application and of an application for a user share their names. */
  readonly permissions: readonly string[]
  /** Ids of role templates. `anyone`: every member of the tenant may. The Global Administrator always may. */
  readonly roles: readonly string[] | 'anyone'
}

const role = {
  applicationAdministrator: '9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3',
  authenticationAdministrator: 'c4e39bd9-1100-46d3-8c65-fb160da0071f',
  cloudApplicationAdministrator: '158c047a-c907-4556-b7ef-446551a6b5f7',
  cloudDeviceAdministrator: '7698a772-787b-4ac8-901f-60d6b08affd2',
  domainNameAdministrator: '8329153b-31d0-4727-b945-745eb3bc5f31',
  externalIdentityProviderAdministrator: 'be2f45a1-457d-42af-a067-6ec1fa63bc45',
  globalReader: 'f2ef992c-3afb-46b9-b7cf-a126ee74c451',
  groupsAdministrator: 'fdd7a751-b60b-444a-984c-02652fe8fa1c',
  hybridIdentityAdministrator: '8ac3fc64-6eca-42ea-9e69-59f4c7b60eb2',
  intuneAdministrator: '3a2c62db-5318-420d-8d74-23affee5d9d5',
  privilegedAuthenticationAdministrator: '7be44c8a-adaf-4e2a-84d6-ab2649e08a13',
  privilegedRoleAdministrator: 'e8611ab8-c189-46e8-94e1-60213ab1f814',
  reportsReader: '4a5d8f65-41da-4de4-8968-e035b65339cf',
  securityAdministrator: '194ae4cb-b126-40b2-bd5b-6091b380977d',
  securityOperator: '5f2222b1-57c3-48ba-8ad5-d4759f1fde6f',
  securityReader: '5d6b6bb7-de71-4623-b4af-96380a352509',
  userAdministrator: 'fe930be7-5e62-47db-91af-98c3a49a38b1',
} as const

/** Roles of users who may be treated as if they had none: those that only read, invite, or reset passwords of such users. */
export const harmlessRoles: readonly string[] = [
  '88d8e3e3-8f55-4a1e-953a-9b9898b8876b',
  '95e79109-95c0-4d8e-aee3-d01accf2d47b',
  '966707d0-3269-4727-9be2-8c3a10f19b9d',
  role.reportsReader,
]
/** Besides the Global Administrator, who may change how administrators sign in. */
export const rolesOverAdministrators: readonly string[] = [role.privilegedAuthenticationAdministrator]

const readDirectory = ['Directory.Read.All', 'Directory.ReadWrite.All'] as const
const federationRoles = [
  role.domainNameAdministrator,
  role.externalIdentityProviderAdministrator,
  role.hybridIdentityAdministrator,
  role.securityAdministrator,
]

/** Who may do what: Graph's permission tables of the operations that are served here. */
export const access = {
  readUsers: {
    permissions: ['User.Read.All', 'User.ReadWrite.All', ...readDirectory],
    roles: 'anyone',
  },
  /** Names and mail addresses alone, unless the caller may read users. */
  readBasicUsers: {
    permissions: ['User.ReadBasic.All', 'User.Read.All', 'User.ReadWrite.All', ...readDirectory],
    roles: 'anyone',
  },
  writeUsers: {permissions: ['User.ReadWrite.All', 'Directory.ReadWrite.All'], roles: [role.userAdministrator]},
  readOwnUser: {
    permissions: ['User.Read', 'User.ReadWrite', 'User.Read.All', 'User.ReadWrite.All', ...readDirectory],
    roles: 'anyone',
  },
  resetPasswords: {
    permissions: ['UserAuthenticationMethod.ReadWrite.All'],
    roles: [role.authenticationAdministrator, role.privilegedAuthenticationAdministrator],
  },
  readMemberships: {
    permissions: ['GroupMember.Read.All', 'Group.Read.All', 'Group.ReadWrite.All', ...readDirectory],
    roles: 'anyone',
  },
  revokeSessions: {
    permissions: ['User.RevokeSessions.All', 'User.ReadWrite.All', 'Directory.ReadWrite.All'],
    roles: [role.userAdministrator, role.authenticationAdministrator, role.privilegedAuthenticationAdministrator],
  },
  revokeOwnSessions: {
    permissions: ['User.RevokeSessions.All', 'User.ReadWrite', 'User.ReadWrite.All', 'Directory.ReadWrite.All'],
    roles: 'anyone',
  },
  readSynchronization: {
    permissions: ['OnPremDirectorySynchronization.Read.All', 'OnPremDirectorySynchronization.ReadWrite.All'],
    roles: [role.hybridIdentityAdministrator, role.globalReader],
  },
  writeSynchronization: {
    permissions: ['OnPremDirectorySynchronization.ReadWrite.All'],
    roles: [role.hybridIdentityAdministrator],
  },
  readDomains: {permissions: ['Domain.Read.All', 'Domain.ReadWrite.All', ...readDirectory], roles: 'anyone'},
  writeDomains: {permissions: ['Domain.ReadWrite.All'], roles: [role.domainNameAdministrator]},
  readFederation: {
    permissions: [
      'Domain-InternalFederation.Read.All',
      'Domain-InternalFederation.ReadWrite.All',
      'Domain.Read.All',
      'Domain.ReadWrite.All',
    ],
    roles: [...federationRoles, role.globalReader, role.securityReader],
  },
  writeFederation: {
    permissions: ['Domain-InternalFederation.ReadWrite.All', 'Domain.ReadWrite.All'],
    roles: federationRoles,
  },
  readPolicies: {
    permissions: ['Policy.Read.All', 'Policy.ReadWrite.FedTokenValidation'],
    roles: [
      role.securityAdministrator,
      role.hybridIdentityAdministrator,
      role.externalIdentityProviderAdministrator,
      role.globalReader,
      role.securityReader,
    ],
  },
  writeTokenValidation: {
    permissions: ['Policy.ReadWrite.FedTokenValidation'],
    roles: [role.securityAdministrator, role.hybridIdentityAdministrator, role.externalIdentityProviderAdministrator],
  },
  readAuditLogs: {
    permissions: ['AuditLog.Read.All'],
    roles: [
      role.reportsReader,
      role.securityReader,
      role.securityOperator,
      role.securityAdministrator,
      role.globalReader,
    ],
  },
  readOrganization: {
    permissions: ['User.Read', 'Organization.Read.All', 'Organization.ReadWrite.All', ...readDirectory],
    roles: 'anyone',
  },
  writeOrganization: {permissions: ['Organization.ReadWrite.All'], roles: []},
  readRoles: {
    permissions: ['RoleManagement.Read.Directory', 'RoleManagement.ReadWrite.Directory', ...readDirectory],
    roles: 'anyone',
  },
  writeRoles: {permissions: ['RoleManagement.ReadWrite.Directory'], roles: [role.privilegedRoleAdministrator]},
  readGroups: {
    permissions: ['GroupMember.Read.All', 'Group.Read.All', 'Group.ReadWrite.All', ...readDirectory],
    roles: 'anyone',
  },
  writeGroups: {
    permissions: ['Group.ReadWrite.All', 'Directory.ReadWrite.All'],
    roles: [role.groupsAdministrator, role.userAdministrator],
  },
  readDevices: {permissions: ['Device.Read.All', 'Device.ReadWrite.All', ...readDirectory], roles: 'anyone'},
  writeMemberships: {
    permissions: ['GroupMember.ReadWrite.All', 'Group.ReadWrite.All', 'Directory.ReadWrite.All'],
    roles: [role.groupsAdministrator, role.userAdministrator],
  },
  writeDevices: {
    permissions: ['Device.ReadWrite.All', 'Directory.ReadWrite.All'],
    roles: [role.cloudDeviceAdministrator, role.intuneAdministrator],
  },
  readApplications: {
    permissions: ['Application.Read.All', 'Application.ReadWrite.All', ...readDirectory],
    roles: 'anyone',
  },
  writeApplications: {
    permissions: ['Application.ReadWrite.All'],
    roles: [role.applicationAdministrator, role.cloudApplicationAdministrator],
  },
  readAppRoles: {
    permissions: [
      'Application.Read.All',
      'Application.ReadWrite.All',
      'AppRoleAssignment.ReadWrite.All',
      ...readDirectory,
    ],
    roles: 'anyone',
  },
  writeAppRoles: {
    permissions: ['AppRoleAssignment.ReadWrite.All'],
    roles: [role.privilegedRoleAdministrator, role.applicationAdministrator, role.cloudApplicationAdministrator],
  },
  /** Who may give what Graph lets applications do could give it to an application of theirs. */
  writeGraphRoles: {
    permissions: ['AppRoleAssignment.ReadWrite.All'],
    roles: [role.privilegedRoleAdministrator],
  },
  readGrants: {
    permissions: ['DelegatedPermissionGrant.Read.All', 'DelegatedPermissionGrant.ReadWrite.All', ...readDirectory],
    roles: 'anyone',
  },
  writeGrants: {
    permissions: ['DelegatedPermissionGrant.ReadWrite.All'],
    roles: [role.privilegedRoleAdministrator, role.applicationAdministrator, role.cloudApplicationAdministrator],
  },
} as const satisfies Readonly<Record<string, Access>>
