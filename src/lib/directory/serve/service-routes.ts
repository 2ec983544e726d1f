import type {IncomingMessage} from 'node:http'
import {setTimeout} from 'node:timers/promises'
import type {Answer} from '../api/call.ts'
import {GraphFailure} from '../rules/graph-failure.ts'
import type {Metrics, ProcessFacts} from './metrics.ts'
import {metricsType} from './write-metrics.ts'

/** What the service says about itself, to be read at a path of its own. */
export interface ServiceRoute {
  readonly path: string
  /** Whoever knows the address may ask, by any name: a load balancer often has only the address. */
  readonly isForAnyName: boolean
  readonly run: (request: IncomingMessage) => Promise<Answer>
}

/** What the answers are made of. */
interface Service {
  /** Rejects when the store does not answer. */
  readonly check: () => Promise<void>
  readonly metrics: Metrics
  readonly facts: () => ProcessFacts
}

const patienceMilliseconds = 5000

/** `/healthz` for everybody, `/metrics` for programs of this machine. */
export const serviceRoutes = ({check, metrics, facts}: Service): readonly ServiceRoute[] => [
  {
    path: '/healthz',
    isForAnyName: true,
    async run() {
      const isWell = await Promise.race([
        check().then(
          () => true,
          () => false,
        ),
        setTimeout(patienceMilliseconds, false, {ref: false}),
      ])
      return isWell ? {status: 200, body: 'ok\n'} : {status: 503, body: 'The store does not answer.\n'}
    },
  },
  {
    path: '/metrics',
    isForAnyName: false,
    async run(request) {
      if (!isFromThisMachine(request))
        throw new GraphFailure(
          403,
          'accessDenied',
          'Metrics are for programs of the machine that serves the directory.',
        )
      return {status: 200, headers: {'content-type': metricsType}, body: metrics.write(facts())}
    },
  },
]

/** A proxy on this machine speaks for others, and says so. */
const isFromThisMachine = ({socket: {remoteAddress = ''}, headers}: IncomingMessage): boolean =>
  /^(::ffff:)?127\.|^::1$/.test(remoteAddress) &&
  headers['x-forwarded-for'] === undefined &&
  headers.forwarded === undefined
