import type {IncomingMessage, RequestListener, ServerResponse} from 'node:http'
import {FedctlError} from '../../errors/fedctl-error.ts'
import type {RoutedResponse} from '../api/dispatch.ts'
import {type Answered, type Answering, answerRequest} from './answer-request.ts'
import type {Metrics} from './metrics.ts'
import type {ServedRequest} from './served-request.ts'
import type {Connections} from './watch-connections.ts'

/** What is done with every request besides answering it. */
export interface Watching {
  readonly metrics: Metrics
  /** Milliseconds of a clock that never goes back. */
  readonly milliseconds: () => number
  readonly connections: Connections
  /** Called with each request once it is over. */
  readonly served: (request: ServedRequest) => void
  /** Called with what failed within. */
  readonly failed: (error: unknown) => void
}

/** Puts what answers plain requests behind a server of node:http or node:https. */
export function requestListener(answering: Answering, watching: Watching): RequestListener {
  return (request, response) => {
    const gone = new AbortController()
    const entry = begin(request, answering.now())
    const begun = watching.milliseconds()
    response.once('close', () => {
      if (!response.writableFinished) {
        entry.status = clientGone
        gone.abort()
      }
      entry.milliseconds = Math.round((watching.milliseconds() - begun) * 1000) / 1000
      watching.metrics.add(entry)
      watching.served(entry)
    })
    const answer = async (): Promise<void> => {
      const answered = await answerRequest(request, gone.signal, answering)
      note(answered, entry)
      if (answered.failure !== undefined) watching.failed(answered.failure)
      // Behind a body that was not read, or was too long to be, no other request can be told.
      const isLast = watching.connections.isEnding || !request.complete || answered.response.status === 413
      send(answered.response, {response, isHead: request.method === 'HEAD', isLast})
    }
    answer().catch((error: unknown) => {
      if (!gone.signal.aborted) watching.failed(error)
      response.destroy()
    })
  }
}

// The number that nginx gives it; no client ever sees it.
const clientGone = 499

type Entry = {-readonly [Name in keyof ServedRequest]: ServedRequest[Name]}

const begin = ({method = '', url = '', socket}: IncomingMessage, time: Date): Entry => ({
  time,
  remoteAddress: socket.remoteAddress ?? '',
  method,
  path: url.split('?', 1)[0] ?? '',
  status: clientGone,
  milliseconds: 0,
  bytes: 0,
  bytesReceived: 0,
})

function note({response, bytesReceived, failure}: Answered, entry: Entry): void {
  entry.route = response.route
  entry.status = response.status
  entry.bytes = entry.method === 'HEAD' ? 0 : Buffer.byteLength(response.body)
  entry.bytesReceived = bytesReceived
  entry.requestId = response.headers['request-id']
  entry.clientRequestId = response.headers['client-request-id']
  entry.error = failure === undefined ? undefined : failure instanceof FedctlError ? failure.code : 'Bug'
}

interface Sending {
  readonly response: ServerResponse
  readonly isHead: boolean
  readonly isLast: boolean
}

function send({status, headers, cookies, body}: RoutedResponse, {response, isHead, isLast}: Sending): void {
  for (const [name, value] of Object.entries({...usualHeaders, ...headers})) response.setHeader(name, value)
  if (cookies !== undefined) response.setHeader('set-cookie', cookies)
  if (isLast) response.setHeader('connection', 'close')
  if (status !== 204) response.setHeader('content-length', Buffer.byteLength(body))
  response.writeHead(status).end(isHead || status === 204 ? undefined : body)
}

/** Answers are about people: nobody on the way keeps them, and nobody takes them for something else than they say. */
const usualHeaders = {'cache-control': 'no-store', 'x-content-type-options': 'nosniff'}
