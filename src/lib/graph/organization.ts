import {FedctlError} from '../errors/fedctl-error.ts'
import type {CompanyInformation} from '../model/company-information.ts'
import type {GraphApi} from './graph-api.ts'
import {flag, type Json, optionalText, present, text, texts} from './json.ts'

/** The tenant itself. */
export interface OrganizationClient {
  get(): Promise<CompanyInformation>
}

/** The organization over the Graph API. */
export function organizationClient(api: GraphApi): OrganizationClient {
  return {
    async get() {
      for await (const json of api.list('/organization')) return toCompanyInformation(json)
      throw new FedctlError('ServiceFailure', 'The directory names no organization.')
    },
  }
}

function toCompanyInformation(json: Json): CompanyInformation {
  const domains = Array.isArray(json['verifiedDomains']) ? (json['verifiedDomains'] as readonly Json[]) : []
  const initial = domains.find((domain) => domain['isInitial'] === true)
  return present({
    city: optionalText(json, 'city'),
    country: optionalText(json, 'country'),
    countryLetterCode: optionalText(json, 'countryLetterCode'),
    directorySynchronizationEnabled: flag(json, 'onPremisesSyncEnabled'),
    displayName: text(json, 'displayName'),
    initialDomain: initial === undefined ? undefined : optionalText(initial, 'name'),
    lastDirSyncTime: optionalText(json, 'onPremisesLastSyncDateTime'),
    lastPasswordSyncTime: optionalText(json, 'onPremisesLastPasswordSyncDateTime'),
    marketingNotificationEmails: texts(json, 'marketingNotificationEmails'),
    objectId: text(json, 'id'),
    postalCode: optionalText(json, 'postalCode'),
    preferredLanguage: optionalText(json, 'preferredLanguage'),
    state: optionalText(json, 'state'),
    street: optionalText(json, 'street'),
    technicalNotificationEmails: texts(json, 'technicalNotificationMails'),
    telephoneNumber: texts(json, 'businessPhones')[0],
  })
}
