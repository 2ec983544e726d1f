import {access} from '../rules/access.ts'
import {checkFederatable} from '../rules/domain-rules.ts'
import {invalidValue, missingValue, notFound, sameKey} from '../rules/graph-failure.ts'
import {checkCertificate} from '../rules/signing-certificate.ts'
import {listFollowers} from '../store/domains.ts'
import {
  addFederation,
  changeFederation,
  findByIssuer,
  removeFederation,
  type StoredFederation,
} from '../store/federations.ts'
import type {Queries} from '../store/schema.ts'
import {changesBetween} from './audit.ts'
import {auditAuthentication, auditDomain} from './audit-domains.ts'
import {type Answer, context, created, noContent, ok, parameter, type TenantCall, type TenantRoute} from './call.ts'
import {answerCollection} from './collection.ts'
import {requireDomain} from './domains.ts'
import {readFederation, requireFederation, requireOwnFederation} from './federation-of-domain.ts'
import {readBody} from './read-body.ts'
import {toFacts} from './to-graph-domain.ts'

const collection = '/domains/:domain/federationConfiguration'

/** /domains/{id}/federationConfiguration: making one federates the domain, removing it makes the domain managed. */
export const federationRoutes: readonly TenantRoute[] = [
  {method: 'GET', path: collection, needs: access.readFederation, run: answerList},
  {method: 'POST', path: collection, needs: access.writeFederation, run: answerCreation},
  {method: 'GET', path: `${collection}/:configuration`, needs: access.readFederation, run: answerOne},
  {method: 'PATCH', path: `${collection}/:configuration`, needs: access.writeFederation, run: answerChange},
  {method: 'DELETE', path: `${collection}/:configuration`, needs: access.writeFederation, run: answerRemoval},
]

const resource = 'InternalDomainFederation'
const urlForm = {pattern: /^https?:\/\/[^\s/]+/i, says: 'it must be an address that begins with https:// or http://'}
const uriForm = {pattern: /^[a-z][a-z\d+.-]*:\S+$/i, says: 'it must be a URI, as in urn:contoso:com'}
const url = {kind: 'text', max: 2048, form: urlForm} as const
const certificate = {kind: 'text', max: 32_768} as const

const rules = {
  id: {kind: 'text', readOnly: true},
  activeSignInUri: url,
  displayName: {kind: 'text', max: 256},
  federatedIdpMfaBehavior: {
    kind: 'text',
    oneOf: ['acceptIfMfaDoneByFederatedIdp', 'enforceMfaByFederatedIdp', 'rejectMfaByFederatedIdp'],
  },
  isSignedAuthenticationRequestRequired: {kind: 'flag'},
  issuerUri: {kind: 'text', form: uriForm, notNull: true},
  metadataExchangeUri: url,
  nextSigningCertificate: certificate,
  passiveSignInUri: {...url, notNull: true},
  passwordResetUri: url,
  preferredAuthenticationProtocol: {kind: 'text', oneOf: ['wsFed', 'saml']},
  promptLoginBehavior: {kind: 'text', oneOf: ['translateToFreshPasswordAuthentication', 'nativeSupport', 'disabled']},
  signingCertificate: {...certificate, notNull: true},
  signingCertificateUpdateStatus: {kind: 'object', readOnly: true},
  signOutUri: url,
} as const

/** Browsers are sent there. */
const addresses = [
  'activeSignInUri',
  'metadataExchangeUri',
  'passiveSignInUri',
  'passwordResetUri',
  'signOutUri',
] as const

async function readConfiguration(call: TenantCall) {
  const body = readBody(call, resource, rules)
  for (const name of ['signingCertificate', 'nextSigningCertificate'] as const)
    if (body[name] != null) await checkCertificate(name, body[name])
  for (const name of addresses)
    if (body[name] != null && !URL.canParse(body[name])) throw invalidValue(name, resource, 'it is no address')
  const {id: _, signingCertificateUpdateStatus: __, ...settings} = body
  return settings
}

async function answerCreation(call: TenantCall): Promise<Answer> {
  // Before anything is written: a domain that is federated without a certificate could not be managed any more.
  const {signingCertificate, issuerUri, passiveSignInUri, ...rest} = await readConfiguration(call)
  if (signingCertificate === undefined) throw missingValue('signingCertificate', resource)
  if (issuerUri === undefined) throw missingValue('issuerUri', resource)
  if (passiveSignInUri === undefined) throw missingValue('passiveSignInUri', resource)
  const federation = await call.services.store.change(async (db) => {
    const domain = await requireDomain(db, call)()
    checkFederatable(toFacts(domain), (await listFollowers(db, domain)).map(toFacts))
    await refuseTakenIssuer(db, issuerUri)
    const {tenantId, name} = domain
    const own = {id: call.services.newId(), tenantId, domain: name}
    await addFederation(db, {
      preferredAuthenticationProtocol: 'wsFed',
      ...withoutUndefined(rest),
      ...own,
      issuerUri,
      passiveSignInUri,
      signingCertificate,
    })
    const federation = await requireFederation(db, domain)
    await auditAuthentication(db, call, {name, isFederated: true})
    await auditSettings(db, call, {after: federation})
    return federation
  })
  return created({'@odata.context': contextOf(call, '/$entity'), ...toJson(federation)})
}

async function answerChange(call: TenantCall): Promise<Answer> {
  const change = withoutUndefined(await readConfiguration(call))
  const federation = await call.services.store.change(async (db) => {
    const found = await requireOwn(db, call)
    if (change.issuerUri !== undefined && change.issuerUri !== found.issuerUri)
      await refuseTakenIssuer(db, change.issuerUri)
    if (Object.keys(change).length > 0) await changeFederation(db, found.id, change)
    const federation = await requireOwn(db, call)
    await auditSettings(db, call, {before: found, after: federation})
    return federation
  })
  return ok({'@odata.context': contextOf(call, '/$entity'), ...toJson(federation)})
}

async function auditSettings(
  db: Queries,
  call: TenantCall,
  {before, after}: {readonly before?: StoredFederation; readonly after: StoredFederation},
): Promise<void> {
  const changes = changesBetween(before, after, rules)
  if (changes.length > 0)
    await auditDomain(db, call, {activity: 'Set federation settings on domain', name: after.domain, changes})
}

async function answerRemoval(call: TenantCall): Promise<Answer> {
  await call.services.store.change(async (db) => {
    const {tenantId, domain} = await requireOwn(db, call)
    await removeFederation(db, tenantId, domain)
    await auditAuthentication(db, call, {name: domain, isFederated: false})
  })
  return noContent
}

async function answerList(call: TenantCall): Promise<Answer> {
  const federation = await readFederation(call)
  return answerCollection(call, `domains('${parameter(call, 'domain')}')/federationConfiguration`, [toJson(federation)])
}

async function answerOne(call: TenantCall): Promise<Answer> {
  const federation = await readFederation(call)
  requireNamed(call, federation)
  return ok({'@odata.context': contextOf(call, '/$entity'), ...toJson(federation)})
}

/** The federation that the path names, where it may be changed. */
async function requireOwn(db: Queries, call: TenantCall): Promise<StoredFederation> {
  const federation = await requireOwnFederation(db, call)
  requireNamed(call, federation)
  return federation
}

function requireNamed(call: TenantCall, {id}: StoredFederation): void {
  const named = parameter(call, 'configuration')
  if (named.toLowerCase() !== id) throw notFound(named)
}

async function refuseTakenIssuer(db: Queries, issuerUri: string): Promise<void> {
  if ((await findByIssuer(db, issuerUri)) === undefined) return
  throw sameKey(
    `The issuerUri '${issuerUri}' is already in use by another federation configuration: it must be unique.`,
  )
}

const contextOf = (call: TenantCall, rest: string): string =>
  context(call, `domains('${parameter(call, 'domain')}')/federationConfiguration${rest}`)

const toJson = ({
  tenantId: _,
  domain: __,
  tokenLifetimeMinutes: ___,
  allowSha1: ____,
  isSignedAuthenticationRequestRequired,
  ...federation
}: StoredFederation): object => ({
  '@odata.type': '#microsoft.graph.internalDomainFederation',
  ...federation,
  isSignedAuthenticationRequestRequired: Boolean(isSignedAuthenticationRequestRequired),
  signingCertificateUpdateStatus: null,
})

const withoutUndefined = <Value extends object>(value: Value) =>
  Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined)) as {
    [Name in keyof Value]: Exclude<Value[Name], undefined>
  }
