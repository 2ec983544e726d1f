import type {User} from '../../lib/model/user.ts'
import {viewOf} from './view.ts'

/** The list of a user is the product source's: what one asks first when somebody cannot sign in. */
export const userView = viewOf<User>(
  [
    'alternateEmailAddresses',
    'blockCredential',
    'city',
    'country',
    'department',
    'displayName',
    'fax',
    'firstName',
    'immutableId',
    'isLicensed',
    'lastDirSyncTime',
    'lastName',
    'lastPasswordChangeTimestamp',
    'mail',
    'mailNickname',
    'mobilePhone',
    'objectId',
    'office',
    'overallProvisioningStatus',
    'passwordNeverExpires',
    'phoneNumber',
    'postalCode',
    'preferredDataLocation',
    'preferredLanguage',
    'proxyAddresses',
    'softDeletionTimestamp',
    'state',
    'streetAddress',
    'strongPasswordRequired',
    'stsRefreshTokensValidFrom',
    'title',
    'usageLocation',
    'userPrincipalName',
    'userType',
    'validationStatus',
    'whenCreated',
  ],
  {
    table: ['userPrincipalName', 'displayName', 'isLicensed'],
    list: [
      'displayName',
      'firstName',
      'immutableId',
      'lastName',
      'overallProvisioningStatus',
      'userPrincipalName',
      'validationStatus',
    ],
  },
)

/** A user that was just created: MSOnline shows a generated password first. */
export const newUserView = viewOf<User & {password?: string}>(
  ['password', ...(userView.properties as readonly {name: keyof User & string}[])],
  {
    table: ['password', 'userPrincipalName', 'displayName', 'isLicensed'],
    list: ['password', 'userPrincipalName', 'displayName', 'immutableId', 'isLicensed', 'objectId'],
  },
)
