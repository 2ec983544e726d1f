/** What is wrong with one property, as Graph lists it under an error. */
export interface FailureDetail {
  readonly code: string
  readonly target: string
}

/** A request that is refused: the status, Graph's code and the message that its sender sees. */
export class GraphFailure extends Error {
  readonly status: number
  readonly code: string
  readonly details: readonly FailureDetail[]
  /** What its answer has besides. */
  headers: Readonly<Record<string, string>> = {}

  constructor(status: number, code: string, message: string, details: readonly FailureDetail[] = []) {
    super(message)
    this.name = 'GraphFailure'
    this.status = status
    this.code = code
    this.details = details
  }
}

/** A rule of the directory forbids it, or the request makes no sense. */
export const badRequest = (message: string, code = 'Request_BadRequest'): GraphFailure =>
  new GraphFailure(400, code, message)

/** A property has a value it cannot have; `because` says why, a clause. */
export const invalidValue = (property: string, resource: string, because?: string): GraphFailure =>
  new GraphFailure(
    400,
    'Request_BadRequest',
    `Invalid value specified for property '${property}' of resource '${resource}'${because === undefined ? '.' : `: ${because}.`}`,
    [{code: 'InvalidValue', target: property}],
  )

/** A property that must be there is not. */
export const missingValue = (property: string, resource: string): GraphFailure =>
  new GraphFailure(
    400,
    'Request_BadRequest',
    `A value is required for property '${property}' of resource '${resource}'.`,
    [{code: 'MissingValue', target: property}],
  )

/** A value that must be unique in the tenant is taken by another user. */
export const taken = (property: string): GraphFailure =>
  new GraphFailure(
    400,
    'Request_BadRequest',
    `Another object with the same value for property ${property} already exists.`,
    [{code: 'ObjectConflict', target: property}],
  )

/** A key that exists already. */
export const sameKey = (message: string): GraphFailure =>
  new GraphFailure(409, 'Request_MultipleObjectsWithSameKeyValue', message)

/** There is no such object. */
export const notFound = (id: string): GraphFailure =>
  new GraphFailure(
    404,
    'Request_ResourceNotFound',
    `Resource '${id}' does not exist or one of its queried reference-property objects are not present.`,
  )

/** Somebody else has what a deleted object had, so that it cannot be restored. */
export const takenMeanwhile = (name: string, property: string): GraphFailure =>
  new GraphFailure(
    409,
    'Request_MultipleObjectsWithSameKeyValue',
    `'${name}' cannot be restored: another object with the same value for property ${property} already exists.`,
    [{code: 'ObjectConflict', target: property}],
  )
