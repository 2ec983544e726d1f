/** How the audit log calls what Graph calls otherwise; all other properties it writes with a capital letter. */
const others: Readonly<Record<string, string>> = {
  businessPhones: 'TelephoneNumber',
  companyName: 'Company',
  faxNumber: 'FacsimileTelephoneNumber',
  mobilePhone: 'Mobile',
  officeLocation: 'PhysicalDeliveryOfficeName',
  onPremisesDistinguishedName: 'OnPremisesDistinguishedName',
  onPremisesImmutableId: 'SourceAnchor',
  onPremisesLastSyncDateTime: 'LastDirSyncTime',
  onPremisesSecurityIdentifier: 'OnPremiseSecurityIdentifier',
  onPremisesSyncEnabled: 'DirSyncEnabled',
  otherMails: 'OtherMail',
  signInSessionsValidFromDateTime: 'StsRefreshTokensValidFrom',
}

/** The name of a property in modifiedProperties. */
export const auditName = (property: string): string =>
  others[property] ?? property.charAt(0).toUpperCase() + property.slice(1)
