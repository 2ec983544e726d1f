import type {FederationSettings} from '../model/federation-settings.ts'
import type {Finding} from '../model/finding.ts'
import {error, finalError, warning} from './found.ts'

/** What is missing from or wrong with the addresses of an identity provider; pure. */
export function findAddressProblems(domain: string, settings: Partial<FederationSettings>): Finding[] {
  const {passiveLogOnUri, activeLogOnUri, metadataExchangeUri, logOffUri, preferredAuthenticationProtocol} = settings
  const problems = findUnsafeAddresses(domain, {passiveLogOnUri, activeLogOnUri, metadataExchangeUri, logOffUri})
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

function findUnsafeAddresses(domain: string, addresses: Readonly<Record<string, string | undefined>>): Finding[] {
  const given = Object.entries(addresses).filter(([, address]) => address !== undefined)
  const shown = (isWanted: (protocol: string | undefined) => boolean) =>
    given
      .filter(([, address = '']) => isWanted(URL.parse(address)?.protocol))
      .map(([name, address]) => `${name} is ${address}`)
      .join(', ')
  const unprotected = shown((protocol) => protocol === 'http:')
  const malformed = shown((protocol) => protocol !== 'http:' && protocol !== 'https:')
  const problems: Finding[] = []
  if (unprotected !== '') {
    problems.push(
      error(domain, {
        code: 'AddressNotHttps',
        message: `Passwords and tokens would pass unprotected: ${unprotected}.`,
        hint: 'Give addresses that begin with https://; in a lab, accept it: --accept AddressNotHttps.',
      }),
    )
  }
  if (malformed !== '') {
    problems.push(
      finalError(domain, {
        code: 'AddressMalformed',
        message: `This is no web address: ${malformed}.`,
        hint: 'Give an address that begins with https://.',
      }),
    )
  }
  return problems
}
