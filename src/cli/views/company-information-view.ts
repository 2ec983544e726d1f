import type {CompanyInformation} from '../../lib/model/company-information.ts'
import {viewOf} from './view.ts'

export const companyInformationView = viewOf<CompanyInformation>(
  [
    'city',
    'country',
    'countryLetterCode',
    'directorySynchronizationEnabled',
    'displayName',
    'initialDomain',
    'lastDirSyncTime',
    'lastPasswordSyncTime',
    'marketingNotificationEmails',
    'objectId',
    'postalCode',
    'preferredLanguage',
    'state',
    'street',
    'technicalNotificationEmails',
    'telephoneNumber',
  ],
  {table: ['displayName', 'objectId', 'initialDomain', 'directorySynchronizationEnabled']},
)
