import * as Flags from '@oclif/core/flags'
import type {WantedApplication} from '../../lib/administration/plan-application.ts'
import {readCertificateFile} from '../../lib/certificates/read-certificate-file.ts'
import type {SigningCertificate} from '../../lib/certificates/signing-certificate.ts'
import {FedctlError} from '../../lib/errors/fedctl-error.ts'
import type {Application, WantedSecret} from '../../lib/model/application.ts'
import {optionalIdentity, requiredIdentity} from './identity.ts'
import {days, guid, yesNo} from './value.ts'

const application = {
  description: 'Name, application id, object id or identifier URI of an application.',
  parse: (text: string) => text,
  givenAs: ['app-id', 'object-id'],
}

/** An application as the main object. */
export const applicationArg = requiredIdentity(application)
export const optionalApplicationArg = optionalIdentity(application)
export const applicationIdentity = {
  'app-id': guid({summary: 'The application by application id.', aliases: ['app-principal-id']}),
  'object-id': guid({summary: 'The application by object id.'}),
}

/** An application yet to be made, which has no ids. */
export const newApplicationArg = requiredIdentity({
  description: 'Name as it is shown.',
  parse: (text: string) => text,
  givenAs: ['display-name'],
})
export const newApplicationIdentity = {'display-name': Flags.string({summary: 'Name as it is shown.'})}

const texts = (summary: string, helpValue: string) =>
  Flags.string({summary, helpValue, multiple: true, multipleNonGreedy: true})

/** What an application can be given, new or not. */
export const applicationPropertyFlags = {
  'identifier-uri': texts('URI by which it is asked for as a resource. Can be repeated.', 'URI'),
  'redirect-uri': texts('Where codes and tokens for it are sent. Can be repeated.', 'URL'),
  permission: texts('Permission of Microsoft Graph that it gets by itself. Can be repeated.', 'NAME'),
  'delegated-permission': texts('Permission of Microsoft Graph that it gets for every user. Can be repeated.', 'NAME'),
  certificate: texts('File with a certificate that it signs in with. Can be repeated.', 'FILE'),
  'new-secret': Flags.boolean({summary: 'Have a secret made, which is shown once.'}),
  'secret-name': Flags.string({summary: 'What the secret is called.', dependsOn: ['new-secret']}),
  'secret-expires-in': days({
    summary: 'Days that the secret holds; two years when nothing is said.',
    dependsOn: ['new-secret'],
  }),
}

/** The certificates of files, the first of each: base64 of DER by thumbprint. A directory can do nothing with one that has ended. */
export async function readCertificateFlags(
  files: readonly string[] | undefined,
  now: Date,
): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>()
  for (const file of files ?? []) {
    const [certificate] = await readCertificateFile(file)
    if (certificate !== undefined) found.set(...checked(certificate, file, now))
  }
  return found
}

function checked({thumbprint, der, notAfter}: SigningCertificate, file: string, now: Date): [string, string] {
  if (notAfter > now) return [thumbprint, Buffer.from(der).toString('base64')]
  throw new FedctlError('Refused', `The certificate of ${file} ended on ${notAfter.toISOString()}.`)
}

/** The secret that is wanted. */
export function toWantedSecret(
  {secretName, secretExpiresIn}: {secretName?: string | undefined; secretExpiresIn?: number | undefined},
  now: Date,
): WantedSecret {
  const ends = secretExpiresIn === undefined ? undefined : new Date(now.getTime() + secretExpiresIn * 86_400_000)
  return {
    ...(secretName === undefined ? {} : {displayName: secretName}),
    ...(ends === undefined ? {} : {endDate: ends.toISOString()}),
  }
}

/** What only an application that is there can be told. */
export const applicationChangeFlags = {
  'display-name': Flags.string({summary: 'New name.'}),
  'account-enabled': yesNo({summary: 'Whether it may sign in.'}),
  'remove-permission': texts('Permission of its own that it loses. Can be repeated.', 'NAME'),
  'remove-delegated-permission': texts('Permission for every user that it loses. Can be repeated.', 'NAME'),
  'remove-certificate': texts('Thumbprint of a certificate that it loses. Can be repeated.', 'SHA1'),
  'remove-secret': texts('Key id or first three characters of a secret that it loses. Can be repeated.', 'SECRET'),
}

type Names = readonly string[] | undefined

/** What was said of an application that is there. Names of permissions are as Microsoft Graph spells them, certificates are thumbprints. */
export interface GivenChange {
  readonly displayName?: string | undefined
  readonly identifierUri?: Names
  readonly redirectUri?: Names
  readonly accountEnabled?: boolean | undefined
  readonly permission?: Names
  readonly removePermission?: Names
  readonly delegatedPermission?: Names
  readonly removeDelegatedPermission?: Names
  readonly certificate?: Names
  readonly removeCertificate?: Names
  readonly removeSecret?: Names
  readonly newSecret?: boolean
}

/** The application as it shall be; what was not spoken of is undefined. Throws NotFound for what is to be taken and is not there. */
export function toWantedApplication(application: Application, given: GivenChange): WantedApplication {
  const {permissions = [], delegatedPermissions = [], certificates} = application
  const thumbprints = certificates.map(({thumbprint, keyId}) => thumbprint ?? keyId)
  const wanted = {
    displayName: given.displayName,
    identifierUris: given.identifierUri,
    redirectUris: given.redirectUri,
    accountEnabled: given.accountEnabled,
    permissions: changed('permission', permissions, [given.permission, given.removePermission]),
    delegatedPermissions: changed('delegated permission', delegatedPermissions, [
      given.delegatedPermission,
      given.removeDelegatedPermission,
    ]),
    certificates: changed('certificate', thumbprints, [given.certificate, given.removeCertificate]),
    newSecret: given.newSecret === true ? true : undefined,
    oldSecrets: given.removeSecret?.map((name) => secretId(application, name)),
  }
  return Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined))
}

function secretId({displayName, secrets}: Application, name: string): string {
  const found = secrets.find(({keyId, hint}) => keyId === name.toLowerCase() || hint === name)
  if (found !== undefined) return found.keyId
  throw new FedctlError('NotFound', `${displayName} has no secret ${name}.`, {
    hints: ['Name it by its key id or its first three characters: fedctl get-application shows both.'],
  })
}

function changed(what: string, present: readonly string[], [add = [], remove = []]: readonly Names[]): Names {
  if (add.length + remove.length === 0) return undefined
  const gone = remove.map((name) => {
    const found = present.find((one) => one.toLowerCase() === name.toLowerCase())
    if (found === undefined) throw new FedctlError('NotFound', `The application has no ${what} ${name}.`)
    return found
  })
  return [...new Set([...present.filter((name) => !gone.includes(name)), ...add])]
}
