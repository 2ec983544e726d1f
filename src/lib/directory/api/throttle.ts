import {GraphFailure} from '../rules/graph-failure.ts'
import {type Asked, isWrite, resourceUnits} from '../rules/resource-units.ts'
import {identityLimits, logLimits, mostCounted, type ThrottleLimit, tenantSize} from '../rules/throttle-limits.ts'
import {countUsers} from '../store/users.ts'
import type {Answer, TenantCall} from './call.ts'

/** Runs a request that was let in, or refuses it when its application or its tenant has asked for too much. */
export type Throttle = (call: TenantCall, path: string, run: (call: TenantCall) => Promise<Answer>) => Promise<Answer>

/**
 * Counts what this process is asked, as the service does: token buckets of resource units and of changes, for every application, tenant,
 * and application in a tenant. Times are divided by `scale`. Throws GraphFailure 429.
 */
export function openThrottle({scale}: {readonly scale: number}): Throttle {
  const buckets = new Map<string, Bucket>()
  const sizeOf = knownSizes(scale)
  return async (call, path, run) => {
    const asked: Asked = {method: call.request.method, path, query: call.url.searchParams}
    const now = call.services.now().getTime()
    const limits = path.startsWith('/auditLogs/') ? logLimits : identityLimits(await sizeOf(call, now))
    const costs = {units: resourceUnits(asked), writes: Number(isWrite(asked)), requests: 1}
    const wanted = limits.map((limit) => {
      const key = keyOf(limit, call)
      const {most, seconds} = limit
      const bucket = refilled(buckets.get(key), {most, perMillisecond: (most * scale) / (seconds * 1000), now})
      buckets.set(key, bucket)
      return {limit, key, bucket, cost: costs[limit.counts]}
    })
    const empty = wanted.find(({bucket, cost}) => bucket.left < cost)
    if (empty !== undefined) throw tooMany(empty)
    for (const {bucket, cost} of wanted) bucket.left -= cost
    return withHeaders({...unitsOf(costs.units), ...percentageOf(wanted[0]?.bucket)}, () => run(call))
  }
}

interface Bucket {
  readonly most: number
  readonly perMillisecond: number
  readonly now: number
  left: number
}

function refilled(bucket: Bucket | undefined, full: Omit<Bucket, 'left'>): Bucket {
  if (bucket === undefined) return {...full, left: full.most}
  // What a tenant has used stays used when its size changes.
  const used = bucket.most - bucket.left - Math.max(full.now - bucket.now, 0) * full.perMillisecond
  return {...full, left: full.most - Math.max(used, 0)}
}

/** As the answer names it: whose limit, which, of which application and tenant. */
function keyOf({scope, limit}: ThrottleLimit, {caller, tenant}: TenantCall): string {
  const application = caller.kind === 'owner' ? ownerId : caller.appId
  const whose = {
    Tenant_Application: `${application}/${tenant.id}`,
    Application: application,
    Tenant: tenant.id,
  }
  return `${scope}/${limit}/${whose[scope]}`
}

/** The owner of the store comes with no application. */
const ownerId = '00000000-0000-0000-0000-000000000000'

interface Wanted {
  readonly limit: ThrottleLimit
  readonly key: string
  readonly bucket: Bucket
  readonly cost: number
}

function tooMany({limit, key, bucket, cost}: Wanted): GraphFailure {
  const seconds = Math.max(Math.ceil((cost - bucket.left) / bucket.perMillisecond / 1000), 1)
  const failure = new GraphFailure(429, 'TooManyRequests', 'Too Many Requests')
  failure.headers = {
    'retry-after': `${seconds}`,
    'x-ms-throttle-scope': key,
    'x-ms-throttle-information': limit.counts === 'writes' ? 'WriteLimitExceeded' : 'ResourceUnitLimitExceeded',
    ...percentageOf({...bucket, left: bucket.left - cost}),
  }
  return failure
}

const unitsOf = (units: number) => ({'x-ms-resource-unit': `${units}`})

/** How much of a limit is used, when that is much. */
function percentageOf(bucket: Bucket | undefined): Readonly<Record<string, string>> {
  const used = bucket === undefined ? 0 : Math.min((bucket.most - bucket.left) / bucket.most, 1.8)
  return used < 0.8 ? {} : {'x-ms-throttle-limit-percentage': used.toFixed(2)}
}

async function withHeaders(headers: Readonly<Record<string, string>>, run: () => Promise<Answer>): Promise<Answer> {
  try {
    const answer = await run()
    return {...answer, headers: {...answer.headers, ...headers}}
  } catch (error) {
    if (error instanceof GraphFailure) error.headers = {...error.headers, ...headers}
    throw error
  }
}

const sizeKnownMilliseconds = 60_000

function knownSizes(scale: number): (call: TenantCall, now: number) => Promise<ReturnType<typeof tenantSize>> {
  const known = new Map<string, {readonly size: ReturnType<typeof tenantSize>; readonly until: number}>()
  return async ({services, tenant}, now) => {
    const last = known.get(tenant.id)
    if (last !== undefined && now < last.until) return last.size
    const size = tenantSize(await services.store.read((db) => countUsers(db, tenant.id, mostCounted)))
    known.set(tenant.id, {size, until: now + sizeKnownMilliseconds / scale})
    return size
  }
}
