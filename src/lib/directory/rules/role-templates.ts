/** A kind of administrator that every tenant can have; the ids are the same everywhere. */
export interface RoleTemplate {
  readonly id: string
  readonly displayName: string
  readonly description: string
}

/** The template of the role that may do everything. */
export const globalAdministrator = '62e90394-69f5-4237-9190-012177145e10'

const template = (id: string, displayName: string, description: string): RoleTemplate => ({
  id,
  displayName,
  description,
})

/** The built-in roles there are, by name. */
export const roleTemplates: readonly RoleTemplate[] = [
  template(
    '9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3',
    'Application Administrator',
    'Manages registered and enterprise applications.',
  ),
  template(
    'c4e39bd9-1100-46d3-8c65-fb160da0071f',
    'Authentication Administrator',
    'Sees, sets and resets the sign-in methods of users who are not administrators.',
  ),
  template(
    '158c047a-c907-4556-b7ef-446551a6b5f7',
    'Cloud Application Administrator',
    'Manages registered and enterprise applications, application proxy left out.',
  ),
  template(
    '7698a772-787b-4ac8-901f-60d6b08affd2',
    'Cloud Device Administrator',
    'Enables, disables and deletes devices.',
  ),
  template('b1be1c3e-b65d-4f19-8427-f6fa0d97feb9', 'Conditional Access Administrator', 'Manages conditional access.'),
  template(
    '88d8e3e3-8f55-4a1e-953a-9b9898b8876b',
    'Directory Readers',
    'Reads the basic properties of what is in the directory.',
  ),
  template(
    'd29b2b05-8046-44ba-8758-1e26182fcf32',
    'Directory Synchronization Accounts',
    'Is the account with which a synchronisation service works.',
  ),
  template(
    '9360feb5-f418-4baa-8175-e2a00bac4301',
    'Directory Writers',
    'Reads and writes the basic properties of what is in the directory.',
  ),
  template(
    '8329153b-31d0-4727-b945-745eb3bc5f31',
    'Domain Name Administrator',
    'Manages domain names and their federation.',
  ),
  template(
    'be2f45a1-457d-42af-a067-6ec1fa63bc45',
    'External Identity Provider Administrator',
    'Configures identity providers that domains are federated with.',
  ),
  template(
    globalAdministrator,
    'Global Administrator',
    'Manages everything in the directory and in the services that rely on it.',
  ),
  template(
    'f2ef992c-3afb-46b9-b7cf-a126ee74c451',
    'Global Reader',
    'Reads everything that a Global Administrator can, and changes nothing.',
  ),
  template(
    'fdd7a751-b60b-444a-984c-02652fe8fa1c',
    'Groups Administrator',
    'Manages groups and how they are named and expire.',
  ),
  template('95e79109-95c0-4d8e-aee3-d01accf2d47b', 'Guest Inviter', 'Invites guests, whether or not members may.'),
  template(
    '729827e3-9c14-49f7-bb1b-9608f156bbb8',
    'Helpdesk Administrator',
    'Resets passwords of users who are not administrators, and of other Helpdesk Administrators.',
  ),
  template(
    '8ac3fc64-6eca-42ea-9e69-59f4c7b60eb2',
    'Hybrid Identity Administrator',
    'Manages synchronisation with a directory on premises and federation.',
  ),
  template('3a2c62db-5318-420d-8d74-23affee5d9d5', 'Intune Administrator', 'Manages devices and how they are managed.'),
  template('4d6ac14f-3453-41d0-bef9-a3e0c569773a', 'License Administrator', 'Gives and takes licences.'),
  template(
    '966707d0-3269-4727-9be2-8c3a10f19b9d',
    'Password Administrator',
    'Resets passwords of users who are not administrators, and of other Password Administrators.',
  ),
  template(
    '7be44c8a-adaf-4e2a-84d6-ab2649e08a13',
    'Privileged Authentication Administrator',
    'Sees, sets and resets the sign-in methods of every user.',
  ),
  template('e8611ab8-c189-46e8-94e1-60213ab1f814', 'Privileged Role Administrator', 'Gives and takes roles.'),
  template('4a5d8f65-41da-4de4-8968-e035b65339cf', 'Reports Reader', 'Reads sign-in and audit reports.'),
  template(
    '194ae4cb-b126-40b2-bd5b-6091b380977d',
    'Security Administrator',
    'Reads security reports and manages security settings, federation among them.',
  ),
  template('5f2222b1-57c3-48ba-8ad5-d4759f1fde6f', 'Security Operator', 'Works on security events.'),
  template('5d6b6bb7-de71-4623-b4af-96380a352509', 'Security Reader', 'Reads security reports and settings.'),
  template(
    'fe930be7-5e62-47db-91af-98c3a49a38b1',
    'User Administrator',
    'Manages users and groups, and resets passwords of users with lesser roles.',
  ),
]

/** The template with an id in any case; undefined when there is none. */
export const findTemplate = (id: string): RoleTemplate | undefined =>
  roleTemplates.find((role) => role.id === id.toLowerCase())
