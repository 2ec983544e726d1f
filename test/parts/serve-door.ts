import type {DirectoryDoor} from '../../src/cli/context.ts'
import {serveDirectory} from '../../src/lib/directory/serve/serve-directory.ts'
import {networkTransport} from '../../src/lib/http/network.ts'
import {serviceParts} from './service-parts.ts'

/** The same directory behind a socket on the loopback address, reached by the network Transport. */
export async function serveDoor(door: DirectoryDoor): Promise<DirectoryDoor> {
  const {origin, close} = await serveDirectory({
    ...serviceParts,
    listen: {host: '127.0.0.1', port: 0, isLoopback: true},
    names: [],
    open: async () => ({fetch: door.transport, check: async () => undefined, close: door.close}),
    served: () => undefined,
    failed: () => undefined,
  })
  return {transport: networkTransport(), origin, takesTokens: door.takesTokens, ticketFor: door.ticketFor, close}
}
