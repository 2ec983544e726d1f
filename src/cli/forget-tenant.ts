import type {Context} from './context.ts'

/** Takes the profiles of a tenant that is gone out of the profile file. Yields nothing: there is nothing left to show. */
export async function* forgetTenant({profiles: file}: Context, tenantId: string): AsyncIterable<never> {
  const {current, profiles} = await file.read()
  const left = Object.fromEntries(Object.entries(profiles).filter(([, profile]) => profile.tenantId !== tenantId))
  await file.write({current: current !== undefined && current in left ? current : undefined, profiles: left})
}
