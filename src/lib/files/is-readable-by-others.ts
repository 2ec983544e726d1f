import {statSync} from 'node:fs'

/** Whether others than its owner may read what is behind this path; false of a pipe and of what is not there, and where files have no mode (`uid` undefined). */
export function isReadableByOthers(path: string, uid: number | undefined): boolean {
  const stats = uid === undefined ? undefined : statSync(path, {throwIfNoEntry: false})
  return stats?.isFile() === true && (stats.mode & 0o044) !== 0
}
