import {link, lstat, mkdtemp, rename, rm, stat, writeFile} from 'node:fs/promises'
import {dirname, join} from 'node:path'
import {FedctlError} from '../errors/fedctl-error.ts'
import {makeFolder} from '../files/make-folder.ts'

/** One file of a set that belongs together: a key, its certificate, both as PFX. */
export interface KeyMaterialFile extends KeyMaterialPlace {
  readonly content: Uint8Array | string
}

/** Where a file goes, and whom it is for. */
export interface KeyMaterialPlace {
  readonly path: string
  /** For the owner alone (0600), and never overwritten unless it says so. Others are for all to read (0644, less the umask). */
  readonly isPrivate: boolean
  /** A private file that can be made anew, such as a token: `overwrite` is for it too. */
  readonly isReplaceable?: true
}

/**
 * Writes all of the files, or none: what exists already is found before anything is written, and a later failure takes back what was
 * begun. Files without private keys are replaced when `overwrite` is set; missing folders are made. Returns the private files that others may still be able to
 * read because the file system has no such protection. Fails with FileExists or FileFailure.
 */
export async function writeKeyMaterial(files: readonly KeyMaterialFile[], overwrite = false): Promise<string[]> {
  await refuseExisting(files, overwrite)
  const takeBack: (() => Promise<void>)[] = []
  const workshops: string[] = []
  try {
    for (const file of files) {
      const made = await makeFolderOf(file)
      if (made !== undefined) takeBack.push(() => rm(made, {recursive: true}))
      await stage(file, workshops)
    }
    for (const [index, file] of files.entries())
      takeBack.push(await place(file, workshops[index] ?? '', overwrite && !isKept(file)))
  } catch (cause) {
    for (const step of takeBack.toReversed()) await step()
    throw cause
  } finally {
    for (const workshop of workshops) await rm(workshop, {recursive: true, force: true})
  }
  return findUnprotected(files)
}

/** Refuses places that are taken, as writeKeyMaterial will. Fails with FileExists. */
export async function refuseExisting(places: readonly KeyMaterialPlace[], overwrite: boolean): Promise<void> {
  for (const place of places) if ((isKept(place) || !overwrite) && (await isTaken(place.path))) throw fileExists(place)
}

const isKept = ({isPrivate, isReplaceable}: KeyMaterialPlace): boolean => isPrivate && isReplaceable !== true

/** Whether there is anything at this path, if only a link that leads nowhere. */
export const isTaken = (path: string): Promise<boolean> =>
  lstat(path).then(
    () => true,
    () => false,
  )

/** Makes the folders above the file, for the owner alone; returns the uppermost that was missing. */
const makeFolderOf = ({path}: KeyMaterialFile): Promise<string | undefined> =>
  makeFolder(dirname(path)).catch((cause: unknown) => {
    throw toWriteError(path, cause)
  })

/** Makes a folder beside the file's place and writes the file there, so that it appears in its place whole or not at all. */
async function stage({path, content, isPrivate}: KeyMaterialFile, workshops: string[]): Promise<void> {
  try {
    const workshop = await mkdtemp(join(dirname(path), '.fedctl-'))
    workshops.push(workshop)
    await writeFile(join(workshop, 'new'), content, {flag: 'wx', mode: isPrivate ? 0o600 : 0o644, flush: true})
  } catch (cause) {
    throw toWriteError(path, cause)
  }
}

/** Puts a staged file in its place; returns what takes it back. Only a link, not a rename, refuses a file that came up meanwhile. */
async function place(file: KeyMaterialFile, workshop: string, replace: boolean): Promise<() => Promise<void>> {
  const {path} = file
  const [staged, old] = [join(workshop, 'new'), join(workshop, 'old')]
  try {
    const replaced = replace && (await linkIfPresent(path, old))
    if (replace) await rename(staged, path)
    else await link(staged, path)
    return () => (replaced ? rename(old, path) : rm(path))
  } catch (cause) {
    throw (cause as NodeJS.ErrnoException).code === 'EEXIST' ? fileExists(file) : toWriteError(path, cause)
  }
}

const linkIfPresent = (path: string, name: string): Promise<boolean> =>
  link(path, name).then(
    () => true,
    (cause: NodeJS.ErrnoException) => {
      if (cause.code === 'ENOENT') return false
      throw cause
    },
  )

async function findUnprotected(files: readonly KeyMaterialFile[]): Promise<string[]> {
  const paths = files.filter(({isPrivate}) => isPrivate).map(({path}) => path)
  const modes = await Promise.all(paths.map(async (path) => (await stat(path)).mode))
  return paths.filter((_, index) => ((modes[index] ?? 0) & 0o077) !== 0)
}

const fileExists = (place: KeyMaterialPlace): FedctlError =>
  new FedctlError('FileExists', `${place.path} exists already.`, {
    hints: [
      isKept(place)
        ? 'Files with private keys are never overwritten: choose another name, or move the old file away.'
        : 'Add --overwrite to replace it, or choose another name.',
    ],
  })

const toWriteError = (path: string, cause: unknown): FedctlError =>
  new FedctlError('FileFailure', `${path} cannot be written: ${(cause as Error).message}`, {cause})
