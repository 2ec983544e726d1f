import {access} from '../rules/access.ts'
import {badRequest, sameKey} from '../rules/graph-failure.ts'
import {changeDomain, isVerifiedAnywhere, listBelow, type StoredDomain} from '../store/domains.ts'
import type {Queries} from '../store/schema.ts'
import {auditDomain} from './audit-domains.ts'
import {type Answer, context, ok, type TenantCall, type TenantRoute} from './call.ts'
import {answerCollection} from './collection.ts'
import {readDomain, requireDomain} from './domains.ts'
import {usualServices} from './new-domain.ts'
import {toGraphDomain} from './to-graph-domain.ts'

/** /domains/{id}/verificationDnsRecords and /verify. */
export const verificationRoutes: readonly TenantRoute[] = [
  {method: 'GET', path: '/domains/:domain/verificationDnsRecords', needs: access.readDomains, run: answerRecords},
  {method: 'POST', path: '/domains/:domain/verify', needs: access.writeDomains, run: answerVerification},
]

/** What the TXT record must say. */
const proofOf = ({verificationCode}: StoredDomain): string => `MS=ms${verificationCode}`

async function answerRecords(call: TenantCall): Promise<Answer> {
  const domain = await readDomain(call)
  const either = {isOptional: false, label: domain.name, supportedService: 'Email', ttl: 3600}
  // The ids are those of the service, where they are the same for every domain.
  const txt = {'@odata.type': '#microsoft.graph.domainDnsTxtRecord', id: 'aceff52c-06a5-447f-ac5f-256ad243cc5c'}
  const mx = {'@odata.type': '#microsoft.graph.domainDnsMxRecord', id: '5fbde38c-0865-497f-82b1-126f596bcee9'}
  return answerCollection(call, `domains('${domain.name}')/verificationDnsRecords`, [
    {...txt, ...either, recordType: 'Txt', text: proofOf(domain)},
    {...mx, ...either, recordType: 'Mx', mailExchange: `ms${domain.verificationCode}.msv1.invalid`, preference: 32767},
  ])
}

async function answerVerification(call: TenantCall): Promise<Answer> {
  const unverified = await readDomain(call)
  refuseVerified(unverified)
  if (call.tenant.domainVerification === 'dns') await requireProof(call, unverified)
  const domain = await call.services.store.change(async (db) => {
    const found = await requireDomain(db, call)()
    refuseVerified(found)
    if (await isVerifiedAnywhere(db, found.name)) throw sameKey(failed('Domain is being used by an active tenant'))
    await markVerified(db, found, null)
    await verifySubdomains(db, found)
    const changes = [{property: 'verified', before: false, after: true}]
    await auditDomain(db, call, {activity: 'Verify domain', name: found.name, changes})
    return requireDomain(db, call)()
  })
  return ok({
    '@odata.context': context(call, 'domains/$entity'),
    ...toGraphDomain(domain),
    availabilityStatus: 'AvailableImmediately',
  })
}

function refuseVerified({name, isVerified}: StoredDomain): void {
  if (isVerified) throw badRequest(`The domain '${name}' is verified already.`)
}

const failed = (why: string): string => `Domain verification failed with the following error: '${why}'.`

/** Asks DNS for the record that only the owner of the name can have put there. */
async function requireProof({services}: TenantCall, domain: StoredDomain): Promise<void> {
  const proof = proofOf(domain)
  const records = await services.resolveTxt(domain.name).catch((error: unknown) => {
    const {code} = error as {code?: unknown}
    if (code === 'ENOTFOUND' || code === 'ENODATA') return []
    if (typeof code === 'string') throw badRequest(failed(`Error in DNS verification. code=${code}`))
    throw error
  })
  if (!records.some((chunks) => chunks.join('') === proof))
    throw badRequest(failed(`Missing DNS record: there is no TXT record "${proof}" at ${domain.name}`))
}

const markVerified = (db: Queries, domain: StoredDomain, root: string | null): Promise<unknown> =>
  changeDomain(db, domain, {isVerified: true, root, supportedServices: usualServices})

/** Whoever owns a name owns what lies below it, unless another tenant has proved otherwise. */
async function verifySubdomains(db: Queries, root: StoredDomain): Promise<void> {
  for (const domain of await listBelow(db, root.tenantId, root.name))
    if (!domain.isVerified && !(await isVerifiedAnywhere(db, domain.name))) await markVerified(db, domain, root.name)
}
