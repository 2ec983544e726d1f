import {access} from '../rules/access.ts'
import {badRequest} from '../rules/graph-failure.ts'
import {serviceRecords} from '../rules/service-records.ts'
import {changeDomain, listFollowers, removeDomain} from '../store/domains.ts'
import {readList} from '../store/read-list.ts'
import {auditDomain} from './audit-domains.ts'
import {type Answer, context, noContent, ok, type TenantCall, type TenantRoute} from './call.ts'
import {answerCollection} from './collection.ts'
import {readDomain, requireDomain} from './domains.ts'
import {moveToInitialDomain} from './move-to-initial-domain.ts'
import {readBody} from './read-body.ts'

/** /domains/{id}/forceDelete, /promote and /serviceConfigurationRecords. */
export const domainActionRoutes: readonly TenantRoute[] = [
  {
    method: 'GET',
    path: '/domains/:domain/serviceConfigurationRecords',
    needs: access.readDomains,
    run: answerServiceRecords,
  },
  {method: 'POST', path: '/domains/:domain/forceDelete', needs: access.writeDomains, run: answerForcedDeletion},
  {method: 'POST', path: '/domains/:domain/promote', needs: access.writeDomains, run: answerPromotion},
]

async function answerServiceRecords(call: TenantCall): Promise<Answer> {
  const domain = await readDomain(call)
  if (!domain.isVerified) throw badRequest(`The domain '${domain.name}' is not verified: no service uses it yet.`)
  const records = serviceRecords(domain.name, readList(domain.supportedServices))
  return answerCollection(call, `domains('${domain.name}')/serviceConfigurationRecords`, records)
}

/** Whatever uses the domain is renamed to the initial one, and the domain goes. The service does it later; here it is done when it answers. */
async function answerForcedDeletion(call: TenantCall): Promise<Answer> {
  const {disableUserAccounts} = readBody(call, 'Domain', {disableUserAccounts: {kind: 'flag'}})
  await call.services.store.change(async (db) => {
    const domain = await requireDomain(db, call)()
    const {name, isInitial, isDefault, isVerified} = domain
    if (isInitial)
      throw badRequest(`The domain '${name}' is the initial domain of the tenant, which cannot be removed.`)
    if (isDefault)
      throw badRequest(`The domain '${name}' is the default domain. Make another domain the default first.`)
    const followers = await listFollowers(db, domain)
    if (followers.length > 0)
      throw badRequest(
        `The domain '${name}' has subdomains that follow it: ${followers.map((one) => one.name).join(', ')}.`,
      )
    await moveToInitialDomain(db, call, {domain: name, disables: disableUserAccounts ?? true})
    await removeDomain(db, domain)
    await auditDomain(db, call, {activity: isVerified ? 'Remove verified domain' : 'Remove unverified domain', name})
  })
  return noContent
}

/** Makes a subdomain a root: it follows no other domain any more, and is managed until it is federated itself. */
async function answerPromotion(call: TenantCall): Promise<Answer> {
  await call.services.store.change(async (db) => {
    const domain = await requireDomain(db, call)()
    const {name, root, isVerified} = domain
    if (!isVerified)
      throw badRequest(`The domain '${name}' is not verified: only a verified subdomain can be promoted.`)
    if (root === null) throw badRequest(`The domain '${name}' is a root domain already.`)
    await changeDomain(db, domain, {root: null})
    const changes = [{property: 'rootDomain', before: root, after: undefined}]
    await auditDomain(db, call, {activity: 'Promote subdomain to root', name, changes})
  })
  return ok({'@odata.context': context(call, 'Edm.Boolean'), value: true})
}
