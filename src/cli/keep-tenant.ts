import {open, rm, writeFile} from 'node:fs/promises'
import {dirname, join, resolve} from 'node:path'
import {FedctlError} from '../lib/errors/fedctl-error.ts'
import {makeFolder} from '../lib/files/make-folder.ts'
import type {NewTenant} from '../lib/model/tenant.ts'
import type {Context} from './context.ts'
import type {DataFolders} from './data-folders.ts'
import type {MadeTenant} from './views/tenant-view.ts'

interface Places {
  readonly profile: string
  /** Where the administrator's password goes; in the data folder when nothing is said. */
  readonly passwordFile: string | undefined
}

/** Where a new tenant is kept on this machine. */
export interface TenantKeeper {
  /** Runs what makes the tenant once the password file is there, empty and ours alone; takes it away again when that fails. */
  holding(make: () => Promise<void>): Promise<void>
  /** Writes the password into its file and the profile into the profile file, current when there is no other. */
  keep(tenant: NewTenant): Promise<MadeTenant>
}

/** Where the password of a tenant's first administrator goes when nobody says where. */
export const administratorPasswordFile = ({data}: DataFolders, profile: string): string =>
  join(data, 'passwords', `${profile}-administrator.txt`)

/** Opens the places of a new tenant. Throws ValueMalformed for a profile name that is none, AlreadyExists when the profile is taken. */
export async function tenantKeeper(context: Context, {profile, passwordFile}: Places): Promise<TenantKeeper> {
  if (!/^[A-Za-z0-9][\w.-]*$/.test(profile))
    throw new FedctlError('ValueMalformed', `"${profile}" cannot be the name of a profile.`, {
      hints: ['A name has letters, digits, dots, hyphens and underscores, and begins with a letter or a digit.'],
    })
  if (Object.hasOwn((await context.profiles.read()).profiles, profile))
    throw new FedctlError('AlreadyExists', `There is a profile "${profile}" already.`, {
      hints: ['Give another name with --profile.'],
    })
  const file = resolve(passwordFile ?? administratorPasswordFile(context.folders, profile))
  return {
    async holding(make) {
      await reserve(file)
      try {
        await make()
      } catch (error) {
        await rm(file, {force: true})
        throw error
      }
    },
    async keep({administratorId, administrator, administratorPassword, ...tenant}) {
      await writeFile(file, `${administratorPassword}\n`, {flush: true})
      const {tenantId, initialDomain} = tenant
      const place = {name: profile, directory: 'embedded', tenantId, tenant: initialDomain} as const
      const {storeToRemember: store} = context
      const made = {...place, accountId: administratorId, ...(store === undefined ? {} : {store})}
      await context.profiles.update(({current, profiles}) => {
        if (Object.hasOwn(profiles, profile))
          throw new FedctlError('AlreadyExists', `There is a profile "${profile}" since a moment ago.`, {
            hints: [`The tenant was made without one, and its administrator's password is in ${file}.`],
          })
        return {current: current ?? profile, profiles: {...profiles, [profile]: made}}
      })
      return {...tenant, administrator, passwordFile: file, profile}
    },
  }
}

/** Makes the file, with nothing in it, for its owner alone. Throws FileExists, FileFailure. */
async function reserve(file: string): Promise<void> {
  try {
    await makeFolder(dirname(file))
    await (await open(file, 'wx', 0o600)).close()
  } catch (cause) {
    const {code, message} = cause as NodeJS.ErrnoException
    throw code === 'EEXIST'
      ? new FedctlError('FileExists', `${file} cannot be made: it, or a file in its path, exists.`, {
          hints: ['Give another place for the password with --password-file.'],
          cause,
        })
      : new FedctlError('FileFailure', `The password file ${file} cannot be made: ${message}`, {cause})
  }
}
