import type {FederationSettings} from '../model/federation-settings.ts'

/**
 * The settings of an AD FS farm as it is installed, from the name of its federation service; certificates are not among them. The issuer
 * is http and has no slash at its end: that is how AD FS writes it into its tokens.
 */
export function adfsSettings(federationServiceName: string): FederationSettings & {readonly metadataUri: string} {
  const host = federationServiceName.trim().toLowerCase()
  const trust = `https://${host}/adfs/services/trust`
  return {
    activeLogOnUri: `${trust}/2005/usernamemixed`,
    federationBrandName: host,
    issuerUri: `http://${host}/adfs/services/trust`,
    logOffUri: `https://${host}/adfs/ls/`,
    metadataExchangeUri: `${trust}/mex`,
    metadataUri: `https://${host}/FederationMetadata/2007-06/FederationMetadata.xml`,
    passiveLogOnUri: `https://${host}/adfs/ls/`,
    preferredAuthenticationProtocol: 'WsFed',
  }
}
