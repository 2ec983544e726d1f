import type {Application, ApplicationCertificate, ApplicationSecret} from '../../lib/model/application.ts'
import {viewOf} from './view.ts'

const until = (name: string, {endDate}: {readonly endDate?: string}): string =>
  endDate === undefined ? name : `${name} until ${endDate}`
const listed =
  <Item>(write: (item: Item) => string) =>
  (value: unknown) =>
    `{${(value as readonly Item[]).map(write).join(', ')}}`

const properties = [
  'accountEnabled',
  'appId',
  {
    name: 'certificates',
    format: listed<ApplicationCertificate>((one) => until(one.thumbprint ?? one.keyId, one)),
  },
  'delegatedPermissions',
  'displayName',
  'identifierUris',
  'objectId',
  'permissions',
  'publisherDomain',
  'redirectUris',
  {name: 'secrets', format: listed<ApplicationSecret>((one) => until(`${one.hint ?? one.keyId}…`, one))},
  'servicePrincipalId',
  'whenCreated',
] as const

/** An application: what it is called, what it may, what it signs in with. */
export const applicationView = viewOf<Application>([...properties], {
  table: ['displayName', 'appId', 'objectId'],
  list: [
    'displayName',
    'appId',
    'objectId',
    'servicePrincipalId',
    'accountEnabled',
    'permissions',
    'delegatedPermissions',
    'identifierUris',
    'redirectUris',
    'certificates',
    'secrets',
  ],
})

/** An application that was just given a secret, which is shown first and never again. */
export const applicationSecretView = viewOf<Application & {readonly secret?: string}>(['secret', ...properties], {
  table: ['secret', ...(applicationView.table as 'appId'[])],
  list: ['secret', ...(applicationView.list as 'appId'[])],
})
