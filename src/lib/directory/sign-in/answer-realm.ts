import {upnSuffix} from '../../model/user-principal-name.ts'
import {type Answer, type Call, ok, parameter} from '../api/call.ts'
import {badRequest} from '../rules/graph-failure.ts'
import {findVerifiedDomain} from '../store/domains.ts'
import {findFederation, type StoredFederation} from '../store/federations.ts'
import {toSignInAddress} from './to-sign-in-address.ts'

/** What is known of a login: only its domain is asked for, so nobody learns who exists. */
interface Realm {
  readonly login: string
  /** The name of a domain that some tenant has proved. */
  readonly domain: string | undefined
  readonly trust: StoredFederation | undefined
}

/** GET /common/userrealm/{login}, in the versions 1.0 and 2.0. */
export async function answerUserRealm(call: Call): Promise<Answer> {
  const version = call.url.searchParams.get('api-version') ?? '1.0'
  if (!['1.0', '2.0', '2.1'].includes(version))
    throw badRequest(`The api-version '${version}' is not one of 1.0, 2.0, 2.1.`)
  const realm = await readRealm(call, parameter(call, 'login'))
  return ok(version === '1.0' ? toFirstVersion(realm) : toSecondVersion(realm))
}

/** GET /GetUserRealm.srf?login=, in JSON. */
export async function answerGetUserRealm(call: Call): Promise<Answer> {
  const login = call.url.searchParams.get('login')
  if (login === null || login === '') throw badRequest("The parameter 'login' is missing.")
  const realm = await readRealm(call, login)
  const {trust} = realm
  const [State, UserState] = trust === undefined ? [4, 1] : [3, 2]
  const more = trust === undefined ? {} : {FederationGlobalVersion: -1, AuthURL: toSignInAddress(trust, login)}
  return ok({State, UserState, ...namesOf(realm), ...more, CloudInstanceName: cloudInstance})
}

const cloudInstance = 'microsoftonline.com'

const stateOf = ({domain, trust}: Realm): string => (trust !== undefined ? 'Federated' : domain ? 'Managed' : 'Unknown')

async function readRealm({services}: Call, login: string): Promise<Realm> {
  const [trust, domain] = await services.store.read(async (db) => {
    const found = await findVerifiedDomain(db, upnSuffix(login))
    if (found === undefined) return [undefined, undefined]
    return [await findFederation(db, found.tenantId, found.root ?? found.name), found.name]
  })
  return {login, domain, trust}
}

const namesOf = (realm: Realm) => ({
  Login: realm.login,
  NameSpaceType: stateOf(realm),
  ...(realm.domain !== undefined && {DomainName: realm.domain}),
  ...(realm.domain !== undefined && {FederationBrandName: realm.trust?.displayName ?? realm.domain}),
})

const toSecondVersion = (realm: Realm): object => ({
  ...namesOf(realm),
  ...(realm.trust !== undefined && {
    federation_protocol: protocolOf(realm.trust),
    AuthURL: toSignInAddress(realm.trust, realm.login),
  }),
  cloud_instance_name: cloudInstance,
})

const toFirstVersion = (realm: Realm): object => ({
  ver: '1.0',
  account_type: stateOf(realm),
  ...(realm.domain !== undefined && {domain_name: realm.domain}),
  ...(realm.trust !== undefined && {
    federation_protocol: protocolOf(realm.trust),
    federation_metadata_url: realm.trust.metadataExchangeUri,
    federation_active_auth_url: realm.trust.activeSignInUri,
  }),
  cloud_instance_name: cloudInstance,
  cloud_audience_urn: 'urn:federation:MicrosoftOnline',
})

/** For a SAML trust no source says what the service answers. */
const protocolOf = ({preferredAuthenticationProtocol}: StoredFederation): string =>
  preferredAuthenticationProtocol === 'saml' ? 'SAML20' : 'WSTrust'
