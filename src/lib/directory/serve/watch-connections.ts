import type {Server, ServerResponse} from 'node:http'
import type {Socket} from 'node:net'
import {setTimeout} from 'node:timers/promises'
import type {Metrics} from './metrics.ts'

/** The connections of a server. */
export interface Connections {
  /** No more requests are taken: what is answered now is the last answer on its connection. */
  readonly isEnding: boolean
  /**
   * Takes no more connections, waits until no request is under way, but no longer than so many milliseconds, and cuts what is left: a
   * connection on which nothing was asked yet would stay for long.
   */
  end(graceMilliseconds: number): Promise<void>
}

/** Counts the connections and running requests of a server, and can end them. */
export function watchConnections(server: Server, metrics: Metrics): Connections {
  const sockets = new Set<Socket>()
  let isEnding = false
  let idle = (): void => undefined
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    metrics.connections.opened += 1
    metrics.connections.open = sockets.size
    socket.once('close', () => {
      sockets.delete(socket)
      metrics.connections.open = sockets.size
    })
  })
  server.on('drop', () => {
    metrics.connections.refused += 1
  })
  server.on('request', (_, response: ServerResponse) => {
    metrics.inFlight += 1
    response.once('close', () => {
      metrics.inFlight -= 1
      if (metrics.inFlight === 0) idle()
    })
  })
  return {
    get isEnding() {
      return isEnding
    },
    async end(graceMilliseconds) {
      isEnding = true
      const ended = new Promise<void>((resolve) => void server.close(() => resolve()))
      if (metrics.inFlight > 0) {
        const waiting = new AbortController()
        const isIdle = new Promise<void>((resolve) => (idle = resolve))
        await Promise.race([isIdle, setTimeout(graceMilliseconds, undefined, waiting)])
        waiting.abort()
      }
      for (const socket of sockets) socket.destroy()
      await ended
    },
  }
}
