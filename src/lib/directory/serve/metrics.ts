import type {ServedRequest} from './served-request.ts'
import {type MetricFamily, type MetricSample, writeMetrics} from './write-metrics.ts'

/** What a process says of itself. */
export interface ProcessFacts {
  readonly version: string
  readonly nodeVersion: string
  readonly residentBytes: number
  readonly cpuSeconds: number
  /** Seconds since 1970. */
  readonly startTime: number
}

/** What is counted while a directory is served. */
export interface Metrics {
  /** Requests that have no answer yet. */
  inFlight: number
  /** Connections that are open, have been opened, and were turned away because there were too many. */
  readonly connections: {open: number; opened: number; refused: number}
  add(request: ServedRequest): void
  /** As Prometheus text. */
  write(facts: ProcessFacts): string
}

const bucketSeconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
const methods = ['GET', 'HEAD', 'POST', 'PATCH', 'PUT', 'DELETE', 'OPTIONS']

interface Durations {
  readonly labels: Readonly<Record<string, string>>
  /** How many lasted at most as long as each bucket says. */
  readonly buckets: number[]
  count: number
  seconds: number
}

/** Starts to count. */
export function openMetrics(): Metrics {
  const requests = new Map<string, {labels: Readonly<Record<string, string>>; value: number}>()
  const durations = new Map<string, Durations>()
  const connections = {open: 0, opened: 0, refused: 0}
  const bytes = {received: 0, sent: 0}
  return {
    inFlight: 0,
    connections,
    add(request) {
      // Clients choose methods and paths freely: what is not ours counts as one, or they could fill the memory.
      const {route = 'none'} = request
      const method = methods.includes(request.method) ? request.method : 'other'
      const counted = found(requests, `${method} ${route} ${request.status}`, () => ({
        labels: {method, route, status: String(request.status)},
        value: 0,
      }))
      counted.value += 1
      measure(durations, {method, route}, request.milliseconds / 1000)
      bytes.received += request.bytesReceived
      bytes.sent += request.bytes
    },
    write(facts) {
      return writeMetrics([
        ...processFamilies(facts),
        counter('fedctl_http_requests_total', 'Requests that were answered.', [...requests.values()]),
        histogram('fedctl_http_request_duration_seconds', 'How long answers took.', samplesOf(durations)),
        gauge('fedctl_http_requests_in_flight', 'Requests without an answer yet.', only(this.inFlight)),
        counter('fedctl_http_request_bytes_total', 'Bytes of request bodies.', only(bytes.received)),
        counter('fedctl_http_response_bytes_total', 'Bytes of response bodies.', only(bytes.sent)),
        gauge('fedctl_connections', 'Open connections.', only(connections.open)),
        counter('fedctl_connections_total', 'Connections that were opened.', only(connections.opened)),
        counter('fedctl_connections_refused_total', 'Connections beyond the limit.', only(connections.refused)),
      ])
    },
  }
}

const processFamilies = (facts: ProcessFacts): MetricFamily[] => [
  gauge('fedctl_build_info', 'What runs here.', [
    {labels: {version: facts.version, node: facts.nodeVersion}, value: 1},
  ]),
  gauge('process_resident_memory_bytes', 'Memory in use.', only(facts.residentBytes)),
  counter('process_cpu_seconds_total', 'User and system CPU time.', only(facts.cpuSeconds)),
  gauge('process_start_time_seconds', 'Start of the process since 1970.', only(facts.startTime)),
]

const only = (value: number): MetricSample[] => [{value}]

const familyOf =
  (type: MetricFamily['type']) =>
  (name: string, help: string, samples: readonly MetricSample[]): MetricFamily => ({name, type, help, samples})
const [counter, gauge, histogram] = [familyOf('counter'), familyOf('gauge'), familyOf('histogram')]

function measure(durations: Map<string, Durations>, labels: Record<string, string>, seconds: number): void {
  const measured = found(durations, Object.values(labels).join(' '), () => ({
    labels,
    buckets: bucketSeconds.map(() => 0),
    count: 0,
    seconds: 0,
  }))
  for (const [index, most] of bucketSeconds.entries())
    if (seconds <= most) measured.buckets[index] = (measured.buckets[index] ?? 0) + 1
  measured.count += 1
  measured.seconds += seconds
}

const samplesOf = (durations: Map<string, Durations>): MetricSample[] =>
  [...durations.values()].flatMap(({labels, buckets, count, seconds}) => [
    ...buckets.map((value, index) => ({
      ending: '_bucket',
      labels: {...labels, le: String(bucketSeconds[index])},
      value,
    })),
    {ending: '_bucket', labels: {...labels, le: '+Inf'}, value: count},
    {ending: '_sum', labels, value: seconds},
    {ending: '_count', labels, value: count},
  ])

function found<Value>(map: Map<string, Value>, key: string, make: () => Value): Value {
  const known = map.get(key)
  if (known !== undefined) return known
  const made = make()
  map.set(key, made)
  return made
}
