import {access} from '../rules/access.ts'
import {notFound} from '../rules/graph-failure.ts'
import {countryForm, mailForm} from '../rules/property.ts'
import {listDomains, type StoredDomain} from '../store/domains.ts'
import {readList} from '../store/read-list.ts'
import {changeTenant, findTenant} from '../store/tenants.ts'
import {audit, changesBetween} from './audit.ts'
import {type Answer, context, isBeta, noContent, ok, parameter, type TenantCall, type TenantRoute} from './call.ts'
import {readSelect, readTop, refuseOthers} from './list-options.ts'
import {readBody} from './read-body.ts'

/** /organization: the tenant itself. */
export const organizationRoutes: readonly TenantRoute[] = [
  {method: 'GET', path: '/organization', needs: access.readOrganization, run: answerList},
  {method: 'GET', path: '/organization/:organization', needs: access.readOrganization, run: answerOne},
  {method: 'PATCH', path: '/organization/:organization', needs: access.writeOrganization, run: answerChange},
]

const text = {kind: 'text', max: 256} as const
const mails = {kind: 'texts', max: 256, form: mailForm} as const
const phones = {kind: 'texts', max: 64} as const

const rules = {
  id: {kind: 'text', readOnly: true},
  createdDateTime: {kind: 'time', readOnly: true},
  verifiedDomains: {kind: 'object', readOnly: true},
  businessPhones: phones,
  city: text,
  country: text,
  countryLetterCode: {kind: 'text', form: countryForm},
  displayName: {...text, notNull: true},
  marketingNotificationEmails: mails,
  onPremisesSyncEnabled: {kind: 'flag'},
  postalCode: text,
  preferredLanguage: text,
  securityComplianceNotificationMails: mails,
  securityComplianceNotificationPhones: phones,
  state: text,
  street: text,
  technicalNotificationMails: mails,
} as const

async function answerList(call: TenantCall): Promise<Answer> {
  readTop(call)
  return ok({'@odata.context': context(call, 'organization'), value: [await toOrganization(call)]})
}

async function answerOne(call: TenantCall): Promise<Answer> {
  requireOwn(call)
  return ok({'@odata.context': context(call, 'organization/$entity'), ...(await toOrganization(call))})
}

async function answerChange(call: TenantCall): Promise<Answer> {
  requireOwn(call)
  const entries = Object.entries(readBody(call, 'Organization', rules)).map(([name, value]) => [
    name,
    rules[name as keyof typeof rules].kind === 'texts' ? JSON.stringify(value) : value,
  ])
  if (entries.length > 0)
    await call.services.store.change(async (db) => {
      const {id, displayName} = call.tenant
      const before = await findTenant(db, id)
      const change = Object.fromEntries(entries)
      await changeTenant(db, id, change)
      const changes = changesBetween(before, {...before, ...change}, rules)
      const activity = 'onPremisesSyncEnabled' in change ? 'Set DirSyncEnabled flag' : 'Set Company Information'
      const about = {activity, category: 'DirectoryManagement', operation: 'Update'} as const
      if (changes.length > 0)
        await audit(db, call, {...about, targets: [{type: 'Directory', id, displayName}], changes})
    })
  return noContent
}

function requireOwn(call: TenantCall): void {
  const id = parameter(call, 'organization')
  if (id.toLowerCase() !== call.tenant.id) throw notFound(id)
}

const listNames = new Set<string>(
  Object.keys(rules).filter((name) => rules[name as keyof typeof rules].kind === 'texts'),
)

async function toOrganization(call: TenantCall): Promise<object> {
  refuseOthers(call, ['$select', '$top'])
  const domains = await call.services.store.read((db) => listDomains(db, call.tenant.id))
  const {domainVerification: _, onPremisesSyncEnabled, onPremisesLastPasswordSyncDateTime, ...columns} = call.tenant
  const properties = Object.entries(columns).map(([name, value]) => [
    name,
    listNames.has(name) ? readList(String(value)) : value,
  ])
  const whole = {
    ...Object.fromEntries(properties),
    ...(isBeta(call) && {onPremisesLastPasswordSyncDateTime}),
    assignedPlans: [],
    onPremisesSyncEnabled: onPremisesSyncEnabled === null ? null : Boolean(onPremisesSyncEnabled),
    provisionedPlans: [],
    tenantType: 'AAD',
    verifiedDomains: domains.filter((domain) => domain.isVerified).map(toVerifiedDomain),
  }
  const select = readSelect(call)
  return select === undefined
    ? whole
    : Object.fromEntries(Object.entries(whole).filter(([name]) => select.includes(name)))
}

const toVerifiedDomain = (domain: StoredDomain): object => ({
  capabilities: readList(domain.supportedServices).join(', '),
  isDefault: Boolean(domain.isDefault),
  isInitial: Boolean(domain.isInitial),
  name: domain.name,
  type: domain.federationId === null ? 'Managed' : 'Federated',
})
