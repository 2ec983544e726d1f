import type {Finding} from '../model/finding.ts'
import type {Step} from '../plan/plan.ts'
import {counted} from './counted.ts'
import {hasAllSettings, settingsStep, toSettingsState} from './federation-settings-resource.ts'
import {fileStep} from './file-resource.ts'
import {findAddressProblems} from './find-address-problems.ts'
import {findAdministratorProblems} from './find-administrator-problems.ts'
import {findDomainProblems} from './find-domain-problems.ts'
import {findIssuerProblems} from './find-issuer-problems.ts'
import {findSigningCertificateProblems} from './find-signing-certificate-problems.ts'
import {finalError, warning} from './found.ts'
import type {PlanContent} from './plan-content.ts'
import type {ProviderWork} from './provider-work.ts'
import {relyingPartyStep} from './relying-party-resource.ts'
import {summarizeConversion} from './summarize-conversion.ts'
import type {TrustFacts} from './trust-facts.ts'
import {toDomainSettings, type WantedTrust} from './wanted-trust.ts'

/** The wish to federate a domain. */
export interface WantedConversion extends WantedTrust {
  /** How the relying party is set up; absent: the identity provider's side is somebody else's business. */
  readonly relyingParty?: ProviderWork
  readonly now: Date
}

/**
 * Plans the conversion of a managed domain: the identity provider's side first, because until the directory points at it nobody is
 * affected. A domain that is federated just so already gives a plan without steps. Pure; the findings are all there are, at once.
 */
export function planConversionToFederated(facts: TrustFacts, wanted: WantedConversion): PlanContent {
  const settings = toDomainSettings(facts.domain.name, wanted)
  const after = toSettingsState(settings)
  if (hasAllSettings(toSettingsState(facts.settings), after))
    return {summary: [`${facts.domain.name} is federated with these settings already.`], findings: [], steps: []}
  return {
    summary: summarizeConversion(facts, settings),
    findings: [...findFederated(facts), ...findConversionProblems(facts, wanted)],
    steps: [
      ...providerSteps(settings, wanted.relyingParty),
      settingsStep(facts.domain.name, 'federate the domain', {before: null, after}),
    ],
  }
}

function providerSteps(
  {passiveLogOnUri, preferredAuthenticationProtocol = 'WsFed'}: Settings,
  relyingParty: ProviderWork | undefined,
): Step[] {
  if (relyingParty === undefined || passiveLogOnUri === undefined) return []
  const {files, action} = relyingParty
  return [
    ...files.map(({path, text, before}) => fileStep(path, text, before)),
    relyingPartyStep(passiveLogOnUri, action, {before: null, after: preferredAuthenticationProtocol}),
  ]
}

/** Everything that speaks against federating a managed domain; pure. */
export function findConversionProblems(facts: TrustFacts, wanted: WantedTrust & {readonly now: Date}): Finding[] {
  const {name} = facts.domain
  return [
    ...findDomainProblems(facts),
    ...findAdministratorProblems(facts),
    ...findSigningCertificateProblems(name, wanted.settings, wanted.now),
    ...findIssuerProblems(name, wanted, facts.otherTrusts),
    ...findAddressProblems(name, wanted.settings),
    ...(wanted.settings.federatedIdpMfaBehavior === undefined ? [mfaBehaviorMissing(name)] : []),
    ...findUserProblems(facts),
  ]
}

function findFederated({domain: {name, authentication}, settings}: TrustFacts): Finding[] {
  if (settings === undefined && authentication === 'Managed') return []
  return [
    finalError(name, {
      code: 'AlreadyFederated',
      message: `The domain ${name} is federated already, with other settings.`,
      hint: `Change them with fedctl set-domain-federation-settings ${name}, or convert it to standard first.`,
    }),
  ]
}

const mfaBehaviorMissing = (name: string): Finding =>
  finalError(name, {
    code: 'MfaBehaviorMissing',
    message: 'Nobody has decided whether multi-factor authentication at the identity provider counts.',
    hint: 'Give --federated-idp-mfa-behavior; rejectMfaByFederatedIdp believes no claim about it.',
  })

function findUserProblems({domain, users}: TrustFacts): Finding[] {
  const without = users.filter(({immutableId}) => immutableId === undefined).length
  if (without === 0) return []
  return [
    warning(domain.name, {
      code: 'UsersWithoutImmutableId',
      message: `${counted(without, 'user')} of ${users.length} ${without === 1 ? 'has' : 'have'} no immutable id and cannot sign in once the domain is federated.`,
      hint: 'Give each one that the identity provider sends as ImmutableID: fedctl set-user UPN --immutable-id ID.',
    }),
  ]
}

type Settings = ReturnType<typeof toDomainSettings>
