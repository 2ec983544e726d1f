import type {TrustFacts} from '../../src/lib/federation/trust-facts.ts'
import type {Domain} from '../../src/lib/model/domain.ts'
import type {FederationSettings} from '../../src/lib/model/federation-settings.ts'
import type {User} from '../../src/lib/model/user.ts'

export const domain = (name: string, more: Partial<Domain> = {}): Domain => ({
  authentication: 'Managed',
  capabilities: [],
  isDefault: false,
  isInitial: false,
  name,
  status: 'Verified',
  ...more,
})

export const user = (userPrincipalName: string, more: Partial<User> = {}): User => ({
  alternateEmailAddresses: [],
  blockCredential: false,
  displayName: userPrincipalName,
  isLicensed: false,
  objectId: userPrincipalName,
  overallProvisioningStatus: 'Success',
  passwordNeverExpires: false,
  proxyAddresses: [],
  strongPasswordRequired: true,
  userPrincipalName,
  userType: 'Member',
  validationStatus: 'Healthy',
  ...more,
})

const initial = domain('contoso.onmicrosoft.com', {isInitial: true, isDefault: true})
const admin = user('admin@contoso.onmicrosoft.com', {lastPasswordChangeTimestamp: '2026-01-01T00:00:00Z'})

/** A tenant in which nothing speaks against federating contoso.com. */
export const facts = (more: Partial<TrustFacts> = {}): TrustFacts => ({
  domain: domain('contoso.com'),
  domains: [initial, domain('contoso.com')],
  subdomains: [],
  otherTrusts: [],
  users: [user('ada@contoso.com', {immutableId: 'lHh/rEL830q6/mStDnD4uw=='})],
  administrators: [admin],
  caller: admin,
  ...more,
})

/** The settings of an AD FS farm; the certificate is given by the test. */
export const adfs = (signingCertificate: string): FederationSettings => ({
  activeLogOnUri: 'https://sts.contoso.com/adfs/services/trust/2005/usernamemixed',
  federatedIdpMfaBehavior: 'rejectMfaByFederatedIdp',
  federationBrandName: 'Contoso',
  issuerUri: 'http://sts.contoso.com/adfs/services/trust',
  logOffUri: 'https://sts.contoso.com/adfs/ls/',
  metadataExchangeUri: 'https://sts.contoso.com/adfs/services/trust/mex',
  passiveLogOnUri: 'https://sts.contoso.com/adfs/ls/',
  preferredAuthenticationProtocol: 'WsFed',
  signingCertificate,
})
