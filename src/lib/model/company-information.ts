/** A tenant as administrators know it (MSOnline's CompanyInformation, the properties that have a home today). */
export interface CompanyInformation {
  readonly city?: string
  readonly country?: string
  readonly countryLetterCode?: string
  readonly directorySynchronizationEnabled: boolean
  readonly displayName: string
  readonly initialDomain?: string
  readonly lastDirSyncTime?: string
  readonly lastPasswordSyncTime?: string
  readonly marketingNotificationEmails: readonly string[]
  readonly objectId: string
  readonly postalCode?: string
  readonly preferredLanguage?: string
  readonly state?: string
  readonly street?: string
  readonly technicalNotificationEmails: readonly string[]
  readonly telephoneNumber?: string
}
