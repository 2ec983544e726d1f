import {join} from 'node:path'

/** One line of the quickstart and what it is for. */
export interface QuickstartStep {
  readonly says: string
  readonly argv: readonly string[]
}

const line = (says: string, ...argv: readonly string[]): QuickstartStep => ({says, argv})

/**
 * The main job, after the product source of 2012: a tenant with the domain syfuhs.net and the user steve is federated. The post shows the
 * domain as the default; the living directory does not federate the default domain, so another one takes its place before.
 */
export function quickstartSteps(folder: string): readonly QuickstartStep[] {
  const files = join(folder, 'syfuhs.net')
  const certificate = join(files, 'signing')
  const user = 'DisplayName,FirstName,ImmutableId,LastName,OverallProvisioningStatus,UserPrincipalName,ValidationStatus'
  const conversion = [
    'convert-domain-to-federated',
    'syfuhs.net',
    '--signing-certificate',
    `${certificate}.pem`,
    '--issuer-uri',
    'urn:syfuhs:net',
    '--passive-log-on-uri',
    'https://login.syfuhs.net/adfs/ls/',
    '--active-log-on-uri',
    'https://login.syfuhs.net/adfs/services/trust/2005/usernamemixed',
    '--metadata-exchange-uri',
    'https://login.syfuhs.net/adfs/services/trust/mex',
    '--log-off-uri',
    'https://login.syfuhs.net/adfs/ls/',
    '--federated-idp-mfa-behavior',
    'rejectMfaByFederatedIdp',
    '--relying-party-folder',
    join(files, 'relying-party'),
    '--identity-provider-ready',
    '--signing-key',
    `${certificate}.key`,
  ]
  return [
    line(
      'A tenant of the embedded directory; names are trusted without a DNS record.',
      'new-tenant',
      'syfuhs',
      '--domain-verification',
      'none',
    ),
    line('The company’s domain.', 'new-domain', 'syfuhs.net'),
    line('It is verified …', 'confirm-domain', 'syfuhs.net'),
    line('… and becomes the default, as in 2012.', 'set-domain', 'syfuhs.net', '--is-default'),
    line(
      'A user.',
      'new-user',
      'steve@syfuhs.net',
      '--display-name',
      'Steve Syfuhs',
      '--first-name',
      'Steve',
      '--last-name',
      'Syfuhs',
      '--output',
      'none',
    ),
    line('Before: the domain is managed.', 'get-domain', 'syfuhs.net', '--output', 'list', '--property', '*'),
    line('The user has no immutable id yet.', 'get-user', 'steve@syfuhs.net', '--property', user),
    line(
      'A signing certificate for the identity provider; its key stays in a file that only you can read.',
      'new-signing-certificate',
      'syfuhs.net',
      '--path',
      certificate,
      '--unprotected-key',
    ),
    line(
      'The default domain cannot be federated: another one takes its place.',
      'set-domain',
      'syfuhs.onmicrosoft.com',
      '--is-default',
    ),
    line(
      'Synchronisation would bring the immutable id: base64 of the objectGUID.',
      'convert-immutable-id',
      'ac7f7894-fc42-4adf-bafe-64ad0e70f8bb',
    ),
    line('Here it is set by hand.', 'set-user', 'steve@syfuhs.net', '--immutable-id', 'lHh/rEL830q6/mStDnD4uw=='),
    line('The plan, before anything changes.', ...conversion, '--what-if'),
    line(
      'The conversion. Its last step proves the trust: a token signed with the key is presented, and the directory accepts it.',
      ...conversion,
      '--force',
      '--verbose',
    ),
    line(
      'The identity provider’s files, as the conversion wrote them.',
      'new-relying-party',
      'syfuhs.net',
      '--identity-provider',
      'adfs',
      '--path',
      join(files, 'relying-party'),
    ),
    line('After: the domain is federated.', 'get-domain', 'syfuhs.net', '--output', 'list', '--property', '*'),
    line('The user can be found by what a token says.', 'get-user', 'steve@syfuhs.net', '--property', user),
    line('What the directory believes of the identity provider.', 'get-domain-federation-settings', 'syfuhs.net'),
    line(
      'Such a token, as the identity provider signs it for the user …',
      'new-token',
      'steve@syfuhs.net',
      '--signing-key',
      `${certificate}.key`,
      '--signing-certificate',
      `${certificate}.pem`,
      '--domain-name',
      'syfuhs.net',
      '--out',
      join(files, 'token.xml'),
    ),
    line(
      '… and what the directory makes of it.',
      'test-token',
      join(files, 'token.xml'),
      '--domain-name',
      'syfuhs.net',
    ),
  ]
}
