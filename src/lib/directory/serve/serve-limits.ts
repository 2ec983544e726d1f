/** How much a served directory takes, and how long it waits. */
export interface ServeLimits {
  readonly bodyBytes: number
  readonly connections: number
  /** For the headers of a request to arrive. */
  readonly headersMilliseconds: number
  /** For the whole request to arrive. */
  readonly requestMilliseconds: number
  /** For anything to happen on a connection. */
  readonly idleMilliseconds: number
  /** For running requests to end when the service stops. */
  readonly graceMilliseconds: number
}

/** The limits of a service; the length of a body is Graph's. */
export const usualLimits: ServeLimits = {
  bodyBytes: 4 * 1024 * 1024,
  connections: 1000,
  headersMilliseconds: 15_000,
  requestMilliseconds: 60_000,
  idleMilliseconds: 65_000,
  graceMilliseconds: 10_000,
}
