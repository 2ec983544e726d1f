import {existsSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import type {HttpRequest, HttpResponse} from '../../src/lib/model/http-message.ts'
import type {Description, Operation} from './graph-operations.ts'
import type {Check, OpenSchema} from './graph-schemas.ts'

/** Where the description of Graph is, when there is one. */
export const descriptionFile = join(process.cwd(), '..', 'shared', 'data', 'graph.openapi.json')

/** Where the files of a test run tell what they have seen. */
export const countsFolder = join(process.cwd(), 'dist', 'graph-contract')

/** What was validated, how often. */
export interface ContractCounts {
  /** Successful answers by operation. */
  readonly operations: Record<string, number>
  /** Refusals, in Graph's error schema. */
  refusals: number
  /** Successful answers that the description says nothing of, by reason. */
  readonly apart: Record<string, number>
  readonly violations: string[]
}

const noCounts = (): ContractCounts => ({operations: {}, refusals: 0, apart: {}, violations: []})
const counts = noCounts()

/** What is answered and the description does not have, and why. */
const undescribed: readonly (readonly [RegExp, string])[] = [
  [/^\w+ \/fedctl\//, 'our own, for what Graph has no word for'],
  [
    /^\w+ \/(login\.srf|common|organizations|consumers|getuserrealm\.srf|[\w.-]+\/(oauth2|v2\.0|discovery|saml2))/i,
    'the login host',
  ],
  [/^POST \/(v1\.0|beta)\/users\/[^/]+\/invalidateAllRefreshTokens$/, 'only /beta has it'],
  [/^\w+ \/(healthz|metrics|favicon\.ico)$/, 'about the process'],
  [
    /^POST \/(v1\.0|beta)\/users\/[^/]+\/authentication\/methods\/[^/]+\/resetPassword$/,
    'authentication methods are not in the slice',
  ],
  [
    /^(?!GET [^?]*\/(users|servicePrincipals)\/[^/]+\/appRoleAssignments(\?|$))\w+ \/(v1\.0|beta)\/[^?]*(appRoleAssign(ments|edTo)|oauth2PermissionGrants)/,
    'how roles and scopes are given is not in the slice',
  ],
]

/**
 * The same directory, held against Graph's contract: every answer, and every request that was accepted. Throws, and keeps, what breaks
 * it. Without a description it is given back as it is.
 */
export function contracted<
  Response extends HttpResponse,
  Directory extends {readonly fetch: (request: HttpRequest) => Promise<Response>},
>(directory: Directory): Directory {
  if (!existsSync(descriptionFile)) return directory
  const fetch = async (request: HttpRequest): Promise<Response> => {
    const response = await directory.fetch(request)
    const violation = await brokenContract(request, response, counts)
    if (violation === undefined) return response
    const message = `${request.method} ${request.url} (${response.status}) breaks Graph's contract: ${violation}`
    counts.violations.push(message)
    throw new Error(message)
  }
  return {...directory, fetch}
}

/** Tells the run what this test file has seen. */
export function writeContractCounts(): void {
  const {operations, refusals, apart, violations} = counts
  if (Object.keys(operations).length + refusals + Object.keys(apart).length + violations.length === 0) return
  mkdirSync(countsFolder, {recursive: true})
  writeFileSync(join(countsFolder, `${process.pid}-${performance.now()}.json`), JSON.stringify(counts))
}

/** What breaks the contract in one exchange; undefined when nothing does. */
export async function brokenContract(
  request: HttpRequest,
  response: HttpResponse,
  into = noCounts(),
): Promise<string | undefined> {
  contract ??= openContract()
  return violationIn({request, response, counts: into}, await contract)
}

let contract: Promise<Contract> | undefined

interface Contract {
  readonly check: (schema: OpenSchema, isBeta: boolean) => Check
  readonly find: (method: string, path: string) => Operation | undefined
}

/** Reads the description with the first exchange: most test files have none. */
async function openContract(): Promise<Contract> {
  const [{openSchemas}, {listOperations, operationFinder}] = await Promise.all([
    import('./graph-schemas.ts'),
    import('./graph-operations.ts'),
  ])
  const description = JSON.parse(readFileSync(descriptionFile, 'utf8')) as Description
  const {check} = openSchemas(description.components.schemas)
  return {check, find: operationFinder(listOperations(description))}
}

interface Seen {
  readonly request: HttpRequest
  readonly response: HttpResponse
  readonly counts: ContractCounts
}

const errorSchema = {$ref: '#/components/schemas/microsoft.graph.ODataErrors.ODataError'}

function violationIn({request, response, counts}: Seen, {check, find}: Contract): string | undefined {
  const {pathname, searchParams} = new URL(request.url)
  const reason = undescribed.find(([pattern]) => pattern.test(`${request.method} ${pathname}`))?.[1]
  if (reason !== undefined) {
    counts.apart[reason] = (counts.apart[reason] ?? 0) + 1
    return undefined
  }
  const isBeta = pathname.startsWith('/beta/')
  if (response.status >= 400) {
    counts.refusals++
    return check(errorSchema, false)(parsed(response.body))
  }
  const operation = find(request.method, pathname.replace(/^\/(v1\.0|beta)/, ''))
  if (operation === undefined) return 'it is none of its operations'
  counts.operations[operation.name] = (counts.operations[operation.name] ?? 0) + 1
  const option = [...searchParams.keys()].find((name) => name.startsWith('$') && !operation.options.includes(name))
  if (option !== undefined) return `the operation has no ${option}`
  return (
    bodyViolation(operation, request, (schema) => check(schema, isBeta)) ??
    answerViolation(operation, response, (schema) => check(schema, isBeta))
  )
}

function bodyViolation(
  {body, required}: Operation,
  request: HttpRequest,
  check: (schema: OpenSchema) => Check,
): string | undefined {
  if (body === undefined) return undefined
  const value = parsed(request.body ?? '{}')
  // A user whose password another side keeps is made without one.
  const missing = required.filter((name) => name !== 'passwordProfile' && !Object.hasOwn(value as object, name))
  const problem = missing.length > 0 ? `${missing} missing` : check(body)(value)
  return problem === undefined ? undefined : `its request: ${problem}`
}

function answerViolation(
  {answers}: Operation,
  {status, headers, body}: HttpResponse,
  check: (schema: OpenSchema) => Check,
): string | undefined {
  const schema = Object.hasOwn(answers, status) ? answers[status] : answers['2XX']
  if (schema === undefined) return `the status is none of ${Object.keys(answers)}`
  if (schema === null) return body === '' ? undefined : 'it has a body'
  const [type, content] = schema.type === 'integer' ? ['text/plain', Number(body)] : ['application/json', parsed(body)]
  if (headers['content-type']?.split(';')[0] !== type) return `its content-type is ${headers['content-type']}`
  return check(schema)(content)
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
