import {request as httpsRequest} from 'node:https'
import {text} from 'node:stream/consumers'

/** One request over TLS; `ca` is what the client trusts. */
export interface Asked {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | undefined
  readonly ca: string
}

export interface Told {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: string
}

/** Asks a server over a connection of its own. */
export function ask(url: string, {method = 'GET', headers = {}, body, ca}: Asked): Promise<Told> {
  return new Promise((resolve, reject) => {
    // Whatever name the headers give, the certificate is the one of this machine.
    const options = {method, headers, ca, agent: false, servername: 'localhost'}
    const request = httpsRequest(url, options, (response) => {
      text(response).then(
        (told) => resolve({status: response.statusCode ?? 0, headers: response.headers, body: told}),
        reject,
      )
    })
    request.once('error', reject)
    request.end(body)
  })
}
