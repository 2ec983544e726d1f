import type {ServedRequest} from '../lib/directory/serve/served-request.ts'
import {openLog} from '../lib/files/open-log.ts'
import type {Context} from './context.ts'

/** Where requests are written down. */
interface LogGiven {
  /** A file; else standard error. */
  readonly accessLog?: string | undefined
  /** Not at all. */
  readonly quiet: boolean
}

/** What writes a line of JSON for each request. A full disk must not end the service: the first failure is told, and the next line tried. */
export function openAccessLog(
  {terminal, uid, warn}: Context,
  {accessLog, quiet}: LogGiven,
): (request: ServedRequest) => void {
  if (quiet) return () => undefined
  if (accessLog === undefined) return (request) => terminal.writeError(`${JSON.stringify(request)}\n`)
  const log = openLog(accessLog, uid)
  let isTold = false
  return (request) => {
    try {
      log.write(JSON.stringify(request))
    } catch (error) {
      if (!isTold) warn((error as Error).message)
      isTold = true
    }
  }
}
