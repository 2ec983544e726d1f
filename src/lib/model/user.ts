/** A user as administrators know one (MSOnline's User); property order is that of MSOnline. Times are ISO 8601 text. */
export interface User {
  readonly alternateEmailAddresses: readonly string[]
  readonly blockCredential: boolean
  readonly city?: string
  readonly country?: string
  readonly department?: string
  readonly displayName: string
  readonly fax?: string
  readonly firstName?: string
  readonly immutableId?: string
  readonly isLicensed: boolean
  readonly lastDirSyncTime?: string
  readonly lastName?: string
  readonly lastPasswordChangeTimestamp?: string
  readonly mail?: string
  readonly mailNickname?: string
  readonly mobilePhone?: string
  readonly objectId: string
  readonly office?: string
  readonly overallProvisioningStatus: 'None' | 'Success' | 'Error' | 'PendingInput'
  readonly passwordNeverExpires: boolean
  readonly phoneNumber?: string
  readonly postalCode?: string
  readonly preferredDataLocation?: string
  readonly preferredLanguage?: string
  readonly proxyAddresses: readonly string[]
  readonly softDeletionTimestamp?: string
  readonly state?: string
  readonly streetAddress?: string
  readonly strongPasswordRequired: boolean
  readonly stsRefreshTokensValidFrom?: string
  readonly title?: string
  readonly usageLocation?: string
  readonly userPrincipalName: string
  readonly userType: 'Member' | 'Guest'
  readonly validationStatus: 'NotAvailable' | 'Healthy' | 'Error'
  readonly whenCreated?: string
}
