import type {Queries} from '../store/schema.ts'
import {audit, type Change} from './audit.ts'
import type {TenantCall} from './call.ts'

/** What happens to domains, in the words of the service's audit log, and how it is counted. */
const operations = {
  'Add unverified domain': 'Add',
  'Add verified domain': 'Add',
  'Promote subdomain to root': 'Update',
  'Remove unverified domain': 'Delete',
  'Remove verified domain': 'Delete',
  'Set domain authentication': 'Update',
  'Set federation settings on domain': 'Update',
  'Update domain': 'Update',
  'Verify domain': 'Update',
} as const

/** What was done to a domain. */
export interface DomainActivity {
  readonly activity: keyof typeof operations
  readonly name: string
  readonly changes?: readonly Change[]
}

/** Writes down what was done to a domain. */
export const auditDomain = (db: Queries, call: TenantCall, {activity, name, changes}: DomainActivity): Promise<void> =>
  audit(db, call, {
    activity,
    category: 'DirectoryManagement',
    operation: operations[activity],
    targets: [{type: 'Domain', id: name, displayName: name}],
    ...(changes === undefined ? {} : {changes}),
  })

/** Writes down that a domain has become federated or managed: the log calls it by the name of the time when that was Live ID. */
export const auditAuthentication = (
  db: Queries,
  call: TenantCall,
  {name, isFederated}: {readonly name: string; readonly isFederated: boolean},
): Promise<void> => {
  const [before, after] = isFederated ? ['Managed', 'Federated'] : ['Federated', 'Managed']
  const changes = [{property: 'liveType', before, after}]
  return auditDomain(db, call, {activity: 'Set domain authentication', name, changes})
}
