/** Values of one name, as Prometheus collects them. */
export interface MetricFamily {
  readonly name: string
  readonly help: string
  readonly type: 'counter' | 'gauge' | 'histogram'
  readonly samples: readonly MetricSample[]
}

/** One value and what it is of. */
export interface MetricSample {
  /** After the name of the family: `_bucket`, `_sum`, `_count` of a histogram. */
  readonly ending?: string
  readonly labels?: Readonly<Record<string, string>>
  readonly value: number
}

/** Prometheus text, version 0.0.4. */
export const writeMetrics = (families: readonly MetricFamily[]): string => families.map(writeFamily).join('')

/** The content type of Prometheus text. */
export const metricsType = 'text/plain; version=0.0.4; charset=utf-8'

const writeFamily = ({name, help, type, samples}: MetricFamily): string =>
  [
    `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n`,
    ...samples.map(
      ({ending = '', labels = {}, value}) => `${name}${ending}${writeLabels(labels)} ${writeValue(value)}\n`,
    ),
  ].join('')

function writeLabels(labels: Readonly<Record<string, string>>): string {
  const all = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value)}"`)
  return all.length === 0 ? '' : `{${all.join(',')}}`
}

const escaped = (value: string): string => value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')

const writeValue = (value: number): string => (value === Number.POSITIVE_INFINITY ? '+Inf' : String(value))
