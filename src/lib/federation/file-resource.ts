import {open, readFile, rename, rm} from 'node:fs/promises'
import {dirname} from 'node:path'
import {FedctlError} from '../errors/fedctl-error.ts'
import {makeFolder} from '../files/make-folder.ts'
import type {Resource, State, Step} from '../plan/plan.ts'

/** The kind of step that writes a file for the identity provider: its target is the path, its state the text, null while there is none. */
export const fileKind = 'file'

/** One step that writes a file; `before` is the text that is overwritten. */
export const fileStep = (path: string, text: string, before: string | null): Step => ({
  side: 'identity provider',
  kind: fileKind,
  target: path,
  action: before === null ? 'write the file' : 'overwrite the file',
  manual: false,
  before,
  after: text,
})

/** Reads and writes files, each as a whole: a killed process leaves the old text or the new one, and perhaps a draft that is taken away. */
export const fileResource: Resource = {
  read: ({target}) =>
    filed(target, async () => {
      const draft = await readFile(draftOf(target)).catch(nullWhenMissing)
      return draft === null ? readFile(target, 'utf8').catch(nullWhenMissing) : {draft: draftOf(target)}
    }),
  write: ({target}, to) =>
    filed(target, async () => {
      if (to !== null) return replace(target, to)
      for (const path of [target, draftOf(target)]) await rm(path, {force: true})
    }),
}

const draftOf = (path: string): string => `${path}.fedctl-draft`

async function replace(path: string, text: State): Promise<void> {
  await makeFolder(dirname(path))
  const file = await open(draftOf(path), 'w', 0o644)
  try {
    await file.writeFile(String(text))
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(draftOf(path), path)
}

const nullWhenMissing = (error: NodeJS.ErrnoException): null => {
  if (error.code === 'ENOENT') return null
  throw error
}

async function filed<Result>(path: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (cause) {
    throw new FedctlError('FileFailure', `The file ${path} cannot be used: ${(cause as Error).message}`, {cause})
  }
}
