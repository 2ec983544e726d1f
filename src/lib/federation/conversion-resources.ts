import type {GraphClient} from '../graph/graph-client.ts'
import type {Resources} from '../plan/plan.ts'
import {federationSettingsKind, federationSettingsResource} from './federation-settings-resource.ts'
import {fileKind, fileResource} from './file-resource.ts'
import {type RelyingPartyProbe, relyingPartyKind, relyingPartyResource} from './relying-party-resource.ts'
import {type ProofOptions, signInProofKind, signInProofResource} from './sign-in-proof-resource.ts'
import {type PasswordOptions, userPasswordKind, userPasswordResource} from './user-password-resource.ts'

/** What the resources of a conversion need beside the directory. */
export interface ConversionOptions extends PasswordOptions, ProofOptions {
  readonly probe: RelyingPartyProbe
  /** A person has said that the identity provider's side is done. */
  readonly isProviderReady: boolean
}

/** Everything that the plans of this room read and write: conversions in both directions, changes of settings, and their undo plans. */
export const conversionResources = (graph: GraphClient, options: ConversionOptions): Resources => ({
  [federationSettingsKind]: federationSettingsResource(graph, options.isFirstRun),
  [fileKind]: fileResource,
  [relyingPartyKind]: relyingPartyResource(options.probe, options.isProviderReady),
  [signInProofKind]: signInProofResource(options),
  [userPasswordKind]: userPasswordResource(graph.users, options),
})
