import {existsSync} from 'node:fs'
import {mkdir, open} from 'node:fs/promises'
import {dirname, join, resolve} from 'node:path'
import {FedctlError} from '../lib/errors/fedctl-error.ts'
import type {NewTenant} from '../lib/model/tenant.ts'
import type {Context} from './context.ts'
import type {DataFolders} from './data-folders.ts'
import type {MadeTenant} from './views/tenant-view.ts'

interface Places {
  readonly profile: string
  /** Where the administrator's password goes; in the data folder when nothing is said. */
  readonly passwordFile: string | undefined
}

/** Where the password of a tenant's first administrator goes when nobody says where. */
export const administratorPasswordFile = ({data}: DataFolders, profile: string): string =>
  join(data, 'passwords', `${profile}-administrator.txt`)

/**
 * Checks that a new tenant's profile and password file are free, and gives what keeps them once the tenant is made: the password in a
 * file of mode 0600, the profile in the profile file, current when there is no other.
 */
export async function keepTenant(
  context: Context,
  {profile, passwordFile}: Places,
): Promise<(tenant: NewTenant) => Promise<MadeTenant>> {
  const file = resolve(passwordFile ?? administratorPasswordFile(context.folders, profile))
  if (existsSync(file))
    throw new FedctlError('FileExists', `${file} exists; a password is never written over another file.`)
  if ((await context.profiles.read()).profiles[profile] !== undefined)
    throw new FedctlError('AlreadyExists', `There is a profile "${profile}" already.`, {
      hints: ['Give another name with --profile.'],
    })
  return async ({administratorId, administrator, administratorPassword, ...tenant}) => {
    await mkdir(dirname(file), {recursive: true, mode: 0o700})
    const handle = await open(file, 'wx', 0o600)
    await handle.writeFile(`${administratorPassword}\n`)
    await handle.sync()
    await handle.close()
    const {current, profiles} = await context.profiles.read()
    const {tenantId, initialDomain} = tenant
    const made = {
      name: profile,
      directory: 'embedded',
      tenantId,
      tenant: initialDomain,
      accountId: administratorId,
    } as const
    await context.profiles.write({current: current ?? profile, profiles: {...profiles, [profile]: made}})
    return {...tenant, administrator, passwordFile: file, profile}
  }
}
