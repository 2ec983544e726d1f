import {isUtf8} from 'node:buffer'
import type {IncomingMessage} from 'node:http'
import {badRequest, GraphFailure} from '../rules/graph-failure.ts'

/** A request's body, and how many bytes it had. */
export interface ReceivedBody {
  readonly text: string
  readonly bytes: number
}

/**
 * Receives the body of a request: 413 as Graph says it when it is longer than allowed, 400 when it is not UTF-8. What is too long is not
 * kept; as much again is still listened to, because a client that is cut off while it sends would not see the answer.
 */
export async function receiveBody(request: IncomingMessage, mostBytes: number): Promise<ReceivedBody> {
  const chunks: Buffer[] = []
  let bytes = 0
  // Left early, the connection must stay for the answer.
  for await (const chunk of request.iterator({destroyOnReturn: false}) as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes <= mostBytes) chunks.push(chunk)
    else chunks.length = 0
    if (bytes > mostBytes * 2) break
  }
  if (bytes > mostBytes)
    throw new GraphFailure(413, 'BadRequest', `The maximum request length supported is ${toMebibytes(mostBytes)}MB.`)
  const body = Buffer.concat(chunks)
  if (!isUtf8(body)) throw badRequest('The request body is not UTF-8.')
  return {text: body.toString('utf8'), bytes}
}

const toMebibytes = (bytes: number): number => bytes / 1024 / 1024
