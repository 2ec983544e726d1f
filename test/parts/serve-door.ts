import {createServer} from 'node:http'
import type {AddressInfo} from 'node:net'
import {text} from 'node:stream/consumers'
import type {DirectoryDoor} from '../../src/cli/context.ts'
import {networkTransport} from '../../src/lib/http/network.ts'
import type {HttpRequest} from '../../src/lib/model/http-message.ts'

/** The same directory behind a socket on the loopback address, reached by the network Transport. */
export async function serveDoor(door: DirectoryDoor): Promise<DirectoryDoor> {
  const server = createServer((request, response) => {
    const answer = async (): Promise<void> => {
      const body = await text(request)
      const {
        status,
        headers,
        body: sent,
      } = await door.transport({
        method: request.method as HttpRequest['method'],
        url: `http://${request.headers.host ?? ''}${request.url ?? '/'}`,
        headers: request.headers as Record<string, string>,
        ...(body === '' ? {} : {body}),
      })
      response.writeHead(status, headers).end(sent)
    }
    answer().catch((error: unknown) => response.writeHead(500).end(String(error)))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const {port} = server.address() as AddressInfo
  return {
    transport: networkTransport(),
    origin: `http://127.0.0.1:${port}`,
    takesTokens: door.takesTokens,
    ticketFor: door.ticketFor,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await door.close()
    },
  }
}
