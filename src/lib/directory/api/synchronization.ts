import {access} from '../rules/access.ts'
import {badRequest, invalidValue, notFound} from '../rules/graph-failure.ts'
import {featureNames, lastingFeatures, preventionTypes, type Synchronization} from '../rules/synchronization.ts'
import {getSynchronization, putSynchronization} from '../store/synchronizations.ts'
import {audit, changesBetween} from './audit.ts'
import {type Answer, context, noContent, ok, parameter, type TenantCall, type TenantRoute} from './call.ts'
import {answerCollection} from './collection.ts'
import {readBody, readProperties} from './read-body.ts'

const path = '/directory/onPremisesSynchronization'

/** /directory/onPremisesSynchronization: one a tenant, whose id is the tenant's. */
export const synchronizationRoutes: readonly TenantRoute[] = [
  {method: 'GET', path, needs: access.readSynchronization, run: answerList},
  {method: 'GET', path: `${path}/:id`, needs: access.readSynchronization, run: answerOne},
  {method: 'PATCH', path: `${path}/:id`, needs: access.writeSynchronization, run: answerChange},
]

const resource = 'OnPremisesDirectorySynchronization'
const rules = {
  id: {kind: 'text', readOnly: true},
  configuration: {kind: 'object', notNull: true},
  features: {kind: 'object', notNull: true},
} as const
const preventionRules = {
  alertThreshold: {kind: 'number', notNull: true},
  synchronizationPreventionType: {kind: 'text', oneOf: preventionTypes, notNull: true},
} as const
const featureRules = Object.fromEntries(featureNames.map((name) => [name, {kind: 'flag', notNull: true} as const]))

const read = (call: TenantCall): Promise<Synchronization> =>
  call.services.store.read((db) => getSynchronization(db, call.tenant.id))

async function answerList(call: TenantCall): Promise<Answer> {
  return answerCollection(call, 'directory/onPremisesSynchronization', [toJson(call, await read(call))])
}

async function answerOne(call: TenantCall): Promise<Answer> {
  requireOwn(call)
  const about = {'@odata.context': context(call, 'directory/onPremisesSynchronization/$entity')}
  return ok({...about, ...toJson(call, await read(call))})
}

async function answerChange(call: TenantCall): Promise<Answer> {
  requireOwn(call)
  const {configuration = {}, features = {}} = readBody(call, resource, rules)
  const {accidentalDeletionPrevention = {}} = readProperties(configuration, `${resource}Configuration`, {
    accidentalDeletionPrevention: {kind: 'object', notNull: true},
  })
  const prevention = readProperties(
    accidentalDeletionPrevention,
    'OnPremisesAccidentalDeletionPrevention',
    preventionRules,
  )
  const wanted = readProperties(features, `${resource}Feature`, featureRules) as Record<string, boolean>
  await call.services.store.change(async (db) => {
    const before = await getSynchronization(db, call.tenant.id)
    const after = {...before, ...(prevention as Partial<Synchronization>), features: {...before.features, ...wanted}}
    refuseImpossible(before, after)
    await putSynchronization(db, call.tenant.id, after)
    await auditChange(db, call, {before, after})
  })
  return noContent
}

function refuseImpossible(before: Synchronization, after: Synchronization): void {
  const {alertThreshold, synchronizationPreventionType} = after
  const most = synchronizationPreventionType === 'enabledForPercentage' ? 100 : 2_147_483_647
  if (alertThreshold < 1 || alertThreshold > most)
    throw invalidValue('alertThreshold', 'OnPremisesAccidentalDeletionPrevention', `it must be from 1 to ${most}`)
  const lost = lastingFeatures.find((name) => before.features[name] && !after.features[name])
  if (lost !== undefined) throw badRequest(`The feature '${lost}' cannot be turned off again.`)
}

async function auditChange(
  db: Parameters<typeof audit>[0],
  call: TenantCall,
  {before, after}: {readonly before: Synchronization; readonly after: Synchronization},
): Promise<void> {
  const [from, to] = [before, after].map(({features, ...rest}) => ({...features, ...rest}))
  const changes = changesBetween(from, to, {...featureRules, ...preventionRules})
  const {id, displayName} = call.tenant
  const about = {activity: 'Set DirSync feature', category: 'DirectoryManagement', operation: 'Update'} as const
  if (changes.length > 0) await audit(db, call, {...about, targets: [{type: 'Directory', id, displayName}], changes})
}

function requireOwn(call: TenantCall): void {
  const id = parameter(call, 'id')
  if (id.toLowerCase() !== call.tenant.id) throw notFound(id)
}

const toJson = ({tenant}: TenantCall, {features, ...accidentalDeletionPrevention}: Synchronization): object => ({
  id: tenant.id,
  configuration: {accidentalDeletionPrevention},
  features,
})
