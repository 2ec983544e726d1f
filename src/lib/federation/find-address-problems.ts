import type {FederationSettings} from '../model/federation-settings.ts'
import type {Finding} from '../model/finding.ts'
import {finalError, warning} from './found.ts'

/** What is missing from or wrong with the addresses of an identity provider; pure. */
export function findAddressProblems(domain: string, settings: Partial<FederationSettings>): Finding[] {
  const {passiveLogOnUri, activeLogOnUri, metadataExchangeUri, logOffUri, preferredAuthenticationProtocol} = settings
  const problems = Object.entries({passiveLogOnUri, activeLogOnUri, metadataExchangeUri, logOffUri})
    .filter(([, address]) => address !== undefined && URL.parse(address)?.protocol !== 'https:')
    .map(([name, address]) => notHttps(domain, `${name} ${address}`))
  if (passiveLogOnUri === undefined) {
    problems.push(
      finalError(domain, {
        code: 'PassiveAddressMissing',
        message: 'The address at which users sign in with a browser is missing.',
        hint: 'Give it with --passive-log-on-uri, or read it from the provider with --metadata.',
      }),
    )
  }
  // SAML 2.0 has no such addresses: rich clients use a browser there.
  if (preferredAuthenticationProtocol === 'Samlp') return problems
  if (activeLogOnUri === undefined) {
    problems.push(
      warning(domain, {
        code: 'ActiveAddressMissing',
        message:
          'The address at which programs sign in (WS-Trust) is missing: they cannot, unless they open a browser.',
        hint: 'Give it with --active-log-on-uri where the provider has one.',
      }),
    )
  }
  if (metadataExchangeUri === undefined) {
    problems.push(
      warning(domain, {
        code: 'MetadataExchangeMissing',
        message:
          'The address of the WS-Trust metadata (MEX) is missing: devices and rich clients do not find the provider.',
        hint: 'Give it with --metadata-exchange-uri where the provider has one.',
      }),
    )
  }
  return problems
}

const notHttps = (domain: string, address: string): Finding =>
  finalError(domain, {
    code: 'AddressNotHttps',
    message: `This is not an https address: ${address}.`,
    hint: 'Passwords and tokens pass there: give an address that begins with https://.',
  })
