import type {OpenSchema} from './graph-schemas.ts'

/** An operation of the description: what may be asked, and what may be answered. */
export interface Operation {
  /** As in `GET /users/{user-id}`. */
  readonly name: string
  /** The query options that start with a dollar sign. */
  readonly options: readonly string[]
  readonly body: OpenSchema | undefined
  readonly required: readonly string[]
  /** By status; null where there is no content, `2XX` for every success. */
  readonly answers: Readonly<Record<string, OpenSchema | null>>
}

interface Content {
  readonly $ref?: string
  readonly content?: Readonly<Record<string, {readonly schema: OpenSchema}>>
}

interface Described {
  readonly parameters?: readonly {readonly $ref?: string; readonly name?: string}[]
  readonly requestBody?: Content
  readonly responses: Readonly<Record<string, Content>>
  readonly 'x-required-on-create'?: readonly string[]
  readonly 'x-ms-pageable'?: unknown
}

/** What is read of the description of Graph. */
export interface Description {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Described>>>>
  readonly components: {
    readonly schemas: Readonly<Record<string, OpenSchema>>
    readonly responses: Readonly<Record<string, Content>>
  }
}

/** Every operation of a description. */
export const listOperations = ({paths, components}: Description): Operation[] =>
  Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item)
      .filter(([method]) => method !== 'parameters')
      .map(([method, described]) => toOperation(`${method.toUpperCase()} ${path}`, described, components.responses)),
  )

function toOperation(name: string, described: Described, responses: Description['components']['responses']): Operation {
  const {parameters = [], requestBody, 'x-required-on-create': required = [], 'x-ms-pageable': pageable} = described
  const answers = Object.entries(described.responses).map(([status, response]) => {
    const {content} = response.$ref === undefined ? response : (responses[response.$ref.split('/').at(-1) ?? ''] ?? {})
    return [status, Object.values(content ?? {})[0]?.schema ?? null] as const
  })
  return {
    name,
    // The links between pages are the service's own.
    options: [
      ...parameters.map((parameter) => `$${parameter.$ref?.split('/').at(-1) ?? parameter.name}`),
      ...(pageable === undefined ? [] : ['$skiptoken']),
    ],
    body: Object.values(requestBody?.content ?? {})[0]?.schema,
    required,
    answers: Object.fromEntries(answers),
  }
}

/** Finds the operation of a request by its path without the version; what is spelled out goes before what is a parameter. */
export function operationFinder(
  operations: readonly Operation[],
): (method: string, path: string) => Operation | undefined {
  const patterns = operations
    .map((operation) => {
      const [method, path = ''] = operation.name.split(' ')
      const parts = path.split('/').map((part) => (part.startsWith('{') ? '[^/]+' : literal(part)))
      return {operation, method, pattern: new RegExp(`^${parts.join('/')}$`, 'i'), weight: path.split('{').length}
    })
    .sort((one, other) => one.weight - other.weight)
  const find = (method: string, path: string): Operation | undefined =>
    patterns.find((one) => one.method === method && one.pattern.test(path))?.operation
  return (method, path) => find(method, plain(path)) ?? find(method, uncast(plain(path)))
}

/** What is described nowhere: related objects of one kind are listed as all of that kind are, and counted as all objects are. */
const uncast = (path: string): string =>
  path
    .replace(/^\/\w+\/[^/]+\/\w+\/(?:microsoft\.)?graph\.(\w+)(?=$|\/\$count$)/i, (_, type) => `/${type}s`)
    .replace(/^\/orgContacts/, '/users')
    .replace(/^\/\w+\/[^/]+\/\w+\/\$count$/, '/users/$count')
    .replace(/^\/directoryRoles\/\$count$/, '/users/$count')

// Functions may be called without their brackets, and with the name of their namespace.
const literal = (part: string): string =>
  part.endsWith('()')
    ? `(?:microsoft\\.graph\\.)?${part.slice(0, -2)}(?:\\(\\))?`
    : part.replaceAll(/[.$]/g, (sign) => `\\${sign}`)

/** A key in brackets is a part of the path like any other. */
const plain = (path: string): string =>
  path
    .replace(/\/$/, '')
    .replaceAll('%24', '$')
    .replaceAll(/\((?=[^)])((?:[^/()]|%2[89])*)\)/g, '/$1')
