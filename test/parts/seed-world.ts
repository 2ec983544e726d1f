import {readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import type {World} from '../fedctl.ts'
import {adfsMetadata} from './adfs-metadata.ts'
import {signToken} from './sign-token.ts'
import {rsaKey, signingIdentity} from './signing-identity.ts'

/** What the examples of the help speak of: a tenant with managed and federated domains, users, a deleted user, an application, a spare tenant, a signing certificate, an AD FS. */
const lines = [
  ['new-tenant', 'contoso', '--domain-verification', 'none', '--display-name', 'Contoso'],
  ['new-tenant', 'spare', '--display-name', 'Spare Parts'],
  ...['contoso.com', 'fabrikam.com', 'spare.example'].flatMap((name) => [
    ['new-domain', name],
    ['confirm-domain', name],
  ]),
  ['new-domain', 'fabrikam.example'],
  [
    'new-user',
    'ada@contoso.com',
    '--display-name',
    'Ada Lovelace',
    '--department',
    'Sales',
    '--immutable-id',
    'AAECAwQFBgcICQoLDA0ODw==',
  ],
  ['new-user', 'gone@contoso.com', '--display-name', 'Gone'],
  ['add-role-member', 'User Administrator', 'ada@contoso.com'],
  ['remove-user', 'gone@contoso.com', '--force'],
  ['new-application', 'Payroll', '--permission', 'User.Read.All'],
] as const

/** Fills a fresh world; throws with what was said when a line fails. */
export async function seedWorld(world: World): Promise<void> {
  writeFileSync(join(world.home, 'passphrase.txt'), 'correct horse battery staple\n')
  const {certificate: signing} = await signingIdentity(rsaKey())
  const metadata = adfsMetadata({host: 'sts.contoso.com', signing: [signing], encryption: signing})
  writeFileSync(join(world.home, 'FederationMetadata.xml'), metadata)
  const certificate = [
    'new-signing-certificate',
    'contoso.com',
    '--unprotected-key',
    '--path',
    join(world.home, 'signing'),
  ]
  const server = [
    'new-signing-certificate',
    '--subject',
    'CN=directory',
    '--unprotected-key',
    '--path',
    join(world.home, 'server'),
  ]
  const federation = [
    ['new-user', 'grace@fabrikam.com', '--immutable-id', 'EBESExQVFhcYGRobHB0eHw==', '--display-name', 'Grace Hopper'],
    [
      'convert-domain-to-federated',
      'fabrikam.com',
      '--signing-certificate',
      join(world.home, 'signing.pem'),
      '--issuer-uri',
      'urn:fabrikam:com',
      '--passive-log-on-uri',
      'https://sts.fabrikam.com/adfs/ls/',
      '--federated-idp-mfa-behavior',
      'rejectMfaByFederatedIdp',
      '--identity-provider-ready',
      '--force',
    ],
  ]
  for (const argv of [...lines, certificate, server, ...federation]) {
    const {exitCode, stderr} = await world.run(...argv)
    if (exitCode !== 0) throw new Error(`${argv.join(' ')} ended with ${exitCode}: ${stderr}`)
  }
  // Grace signs in at the provider of fabrikam.com.
  writeFileSync(join(world.home, 'token.xml'), signToken(readFileSync(join(world.home, 'signing.key'), 'utf8')))
}
