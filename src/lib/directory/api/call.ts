import type {HttpRequest} from '../../model/http-message.ts'
import type {Access} from '../rules/access.ts'
import type {Store} from '../store/open-store.ts'
import type {Tenant} from '../store/tenants.ts'
import type {Principal} from './principal.ts'

/** What every route needs of the world. */
export interface Services {
  readonly store: Store
  readonly now: () => Date
  readonly newId: () => string
  readonly randomBytes: (size: number) => Uint8Array
  readonly resolveTxt: (name: string) => Promise<string[][]>
  /** Besides the cloud's, where tokens may have been posted to. */
  readonly replyAddresses: readonly string[]
}

/** A request that was let in: what it asks, and of whom. */
export interface Call {
  readonly request: HttpRequest
  readonly url: URL
  /** The decoded parts of the path that a route names. */
  readonly path: Readonly<Record<string, string>>
  readonly services: Services
  /** Under which the caller finds this request again. */
  readonly correlationId: string
  /** Of a request in a batch: whom the batch speaks for. */
  readonly sender?: Principal
}

/** A request for one tenant. */
export interface TenantCall extends Call {
  readonly tenant: Tenant
  readonly caller: Principal
}

/** What a route answers: a status, and JSON or text when there is any. */
export interface Answer {
  readonly status: number
  readonly body?: object | string
  /** Besides those that every answer has. */
  readonly headers?: Readonly<Record<string, string>>
  /** Cookies to set, each as the whole value of a Set-Cookie header. */
  readonly cookies?: readonly string[]
}

/** The methods a route can have. */
export type Method = HttpRequest['method']

/** One route of one resource. */
export interface Route<Asked extends Call> {
  readonly method: Method
  /** As Hono's router reads it. */
  readonly path: string
  readonly run: (call: Asked) => Promise<Answer>
}

/** A route of a tenant, and what its caller must have. */
export interface TenantRoute extends Route<TenantCall> {
  readonly needs: Access
}

/** 200, with what was asked for. */
export const ok = (body: object | string): Answer => ({status: 200, body})
/** 201, with what was made. */
export const created = (body: object): Answer => ({status: 201, body})
/** 204: done, and nothing to say. */
export const noContent: Answer = {status: 204}

/** The part of a path that the route names. */
export function parameter({path}: Call, name: string): string {
  const value = path[name]
  if (value === undefined) throw new Error(`the route has no part ${name}`)
  return value
}

/** Whether the request came for /beta, where some objects have more properties. */
export const isBeta = ({url}: Call): boolean => url.pathname.startsWith('/beta/')

/** The @odata.context of an answer. */
export const context = (call: Call, of: string): string =>
  `${call.url.origin}/${isBeta(call) ? 'beta' : 'v1.0'}/$metadata#${of}`
