import {lstatSync, type Stats} from 'node:fs'
import {FedctlError} from '../errors/fedctl-error.ts'

/** A file of ours, and who we are. */
export interface OwnFile {
  readonly path: string
  /** What it is, with its article, for the message: "The store". */
  readonly what: string
  /** The numeric id of the user this process runs as; undefined where files have no owner and no mode (Windows). */
  readonly uid: number | undefined
}

/**
 * Refuses a file that holds what is its owner's alone, when it is a link or no file at all, when somebody else owns it, or when others may
 * read or write it. One that is not there, a folder, and one that cannot be looked at are left to whoever opens it. Throws FileUnsafe.
 */
export function refuseExposed({path, what, uid}: OwnFile): void {
  const stats = statsOf(path)
  if (stats === undefined || stats.isDirectory()) return
  const [problem, hint] = problemOf(stats, uid) ?? []
  if (problem === undefined || hint === undefined) return
  throw new FedctlError('FileUnsafe', `${what} ${path} ${problem}. It is left as it is.`, {
    hints: [hint.replace('FILE', path)],
  })
}

function statsOf(path: string): Stats | undefined {
  try {
    return lstatSync(path)
  } catch {
    return undefined
  }
}

function problemOf(stats: Stats, uid: number | undefined): [problem: string, hint: string] | undefined {
  if (stats.isSymbolicLink())
    return ['is a link', 'Put the file itself there: a link may lead to one of somebody else.']
  if (!stats.isFile()) return ['is not a file', 'Move it away.']
  if (uid === undefined) return undefined
  if (stats.uid !== uid)
    return ['belongs to another user', 'Run fedctl as that user, or see what is in it before you take it over: chown.']
  if ((stats.mode & 0o077) !== 0)
    return ['can be read or changed by others', 'See that nobody has, then protect it: chmod 600 FILE']
  return undefined
}
