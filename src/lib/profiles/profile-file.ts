import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import {FedctlError} from '../errors/fedctl-error.ts'
import {refuseExposed} from '../files/refuse-exposed.ts'
import type {Profile, Profiles} from './profile.ts'

/** The profile file of a folder. It is read as it is, and written whole through conf: atomic, mode 0600. */
export interface ProfileFile {
  read(): Promise<Profiles>
  /** Puts what `change` makes of the profiles in their place; nobody else changes them meanwhile. What `change` throws is passed on. */
  update(change: (profiles: Profiles) => Profiles): Promise<void>
}

const version = 1

/**
 * Opens the profile file; one that is missing reads as empty, one that is damaged is reported and never overwritten. `uid` is the user this
 * process runs as, undefined on Windows. Throws ProfilesDamaged, FileUnsafe when the file is not its owner's alone, and FileFailure.
 */
export function openProfileFile(folder: string, uid: number | undefined): ProfileFile {
  const file = join(folder, 'profiles.json')
  const read = (): Profiles => {
    refuseExposed({path: file, what: 'The profile file', uid})
    return readProfiles(textOf(file), file)
  }
  return {
    read: async () => read(),
    async update(change) {
      const [{default: Conf}, {exclusively}] = await Promise.all([import('conf'), import('../files/exclusively.ts')])
      await exclusively(join(folder, 'profiles.lock'), () => {
        const {current, profiles} = change(read())
        const store = {version, ...(current === undefined ? {} : {current}), profiles}
        try {
          new Conf({cwd: folder, configName: 'profiles', configFileMode: 0o600, projectName: 'fedctl'}).store = store
        } catch (cause) {
          throw fileFailure(file, 'written', cause)
        }
      })
    },
  }
}

/** Synchronously: every command reads this small file, and node:fs/promises would be loaded for it alone. */
function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw fileFailure(file, 'read', cause)
  }
}

const fileFailure = (file: string, verb: string, cause: unknown): FedctlError =>
  new FedctlError('FileFailure', `The profile file ${file} cannot be ${verb}: ${(cause as Error).message}`, {cause})

function readProfiles(text: string | undefined, file: string): Profiles {
  if (text === undefined) return {current: undefined, profiles: {}}
  const damaged = (why: string, cause?: unknown): FedctlError =>
    new FedctlError('ProfilesDamaged', `The profile file ${file} is damaged: ${why}. It is left as it is.`, {
      hints: ['Repair it, or move it away and make the profiles anew.'],
      cause,
    })
  const content = parse(text, damaged)
  if (content['version'] !== version) throw damaged(`its version is not ${version}`)
  const {current, profiles} = content
  if (current !== undefined && typeof current !== 'string') throw damaged('"current" is not a name')
  if (!isObject(profiles)) throw damaged('it has no "profiles"')
  const entries = Object.entries(profiles)
  const wrong = entries.find(([name, profile]) => !isProfile(profile, name))
  if (wrong !== undefined) throw damaged(`profile "${wrong[0]}" is not complete`)
  return {current, profiles: Object.fromEntries(entries) as Record<string, Profile>}
}

function parse(text: string, damaged: (why: string, cause?: unknown) => FedctlError): Record<string, unknown> {
  let content: unknown
  try {
    content = JSON.parse(text)
  } catch (cause) {
    throw damaged('it is not JSON', cause)
  }
  if (!isObject(content)) throw damaged('it holds no object')
  return content
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isProfile = (value: unknown, name: string): value is Profile =>
  isObject(value) &&
  value['name'] === name &&
  value['directory'] === 'embedded' &&
  (value['store'] === undefined || typeof value['store'] === 'string') &&
  ['tenantId', 'tenant', 'accountId'].every((property) => typeof value[property] === 'string')
