/** What is written down of a request that was served: nothing of its query, its headers or its body but the ids it was given. */
export interface ServedRequest {
  readonly time: Date
  readonly remoteAddress: string
  readonly method: string
  /** Without the query. */
  readonly path: string
  /** The pattern of the path, which holds no names of people; absent when no route was found. */
  readonly route?: string | undefined
  /** 499 when the client went away before there was an answer. */
  readonly status: number
  readonly milliseconds: number
  /** Of the answer's body. */
  readonly bytes: number
  /** Of the request's body. */
  readonly bytesReceived: number
  readonly requestId?: string | undefined
  readonly clientRequestId?: string | undefined
  /** The code of what failed within the directory. */
  readonly error?: string | undefined
}
