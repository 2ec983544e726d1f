import type {Context} from './context.ts'
import type {FederationSettingsRecord} from './views/federation-settings-view.ts'

/** The settings of a federated domain and what its tokens are allowed; undefined for a managed one. */
export async function findSettings(context: Context, domain: string): Promise<FederationSettingsRecord | undefined> {
  const settings = await (await context.graph()).federationSettings.find(domain)
  if (settings === undefined) return undefined
  const rules = await (await context.tokenRules()).find(domain)
  return {...settings, ...(rules && {tokenLifetimeMinutes: rules.lifetimeMinutes, allowSha1: rules.allowSha1})}
}
