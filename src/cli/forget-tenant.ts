import {rm} from 'node:fs/promises'
import type {Context} from './context.ts'
import {administratorPasswordFile} from './keep-tenant.ts'

/** Takes the profiles of a tenant that is gone out of the profile file, and the passwords that were kept for them. Yields nothing. */
export async function* forgetTenant({profiles: file, folders}: Context, tenantId: string): AsyncIterable<never> {
  const gone: string[] = []
  await file.update(({current, profiles}) => {
    gone.push(...Object.keys(profiles).filter((name) => profiles[name]?.tenantId === tenantId))
    const left = Object.fromEntries(Object.entries(profiles).filter(([name]) => !gone.includes(name)))
    const [only, ...others] = Object.keys(left)
    const next = others.length === 0 ? only : undefined
    return {current: current !== undefined && Object.hasOwn(left, current) ? current : next, profiles: left}
  })
  for (const name of gone) await rm(administratorPasswordFile(folders, name), {force: true})
}
