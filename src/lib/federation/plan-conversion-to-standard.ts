import type {Finding} from '../model/finding.ts'
import type {User} from '../model/user.ts'
import {upnKey} from '../model/user-principal-name.ts'
import type {Step} from '../plan/plan.ts'
import {counted} from './counted.ts'
import {federatedWithoutSettings, settingsStep, toSettingsState} from './federation-settings-resource.ts'
import {fileStep} from './file-resource.ts'
import {findSubdomainProblem} from './find-domain-problems.ts'
import {hasSameProvider} from './find-issuer-problems.ts'
import {error, warning} from './found.ts'
import type {PlanContent} from './plan-content.ts'
import type {ProviderWork} from './provider-work.ts'
import {relyingPartyStep} from './relying-party-resource.ts'
import type {TrustFacts} from './trust-facts.ts'
import {passwordStep} from './user-password-resource.ts'

/** The wish to make a domain managed again. */
export interface WantedStandard {
  /** Where the new passwords are written; absent: users get none, and cannot sign in until somebody gives them one. */
  readonly passwordFile?: string
  /** How the relying party is removed when no other federated domain needs it; absent: it is somebody else's business. */
  readonly removal?: ProviderWork
}

/**
 * Plans the way back: the directory first, then new passwords for all users who are not synchronised, then the identity provider, unless
 * another federated domain needs the relying party. A managed domain gives a plan without steps. Pure.
 */
export function planConversionToStandard(facts: TrustFacts, wanted: WantedStandard): PlanContent {
  const {domain, settings, users} = facts
  if (domain.authentication === 'Managed')
    return {summary: [`${domain.name} is managed already.`], findings: [], steps: []}
  const before = toSettingsState(settings) ?? federatedWithoutSettings
  const {passwordFile} = wanted
  const resets =
    passwordFile === undefined
      ? []
      : users
          .filter((user) => !isSynchronized(user))
          .map(({userPrincipalName}) => passwordStep(userPrincipalName, passwordFile))
  return {
    summary: summaryOf(facts, wanted, resets.length),
    findings: findStandardProblems(facts, resets),
    steps: [
      settingsStep(domain.name, 'make the domain managed', {before, after: null}),
      ...resets,
      ...removalSteps(facts, wanted.removal),
    ],
  }
}

function removalSteps({settings, otherTrusts}: TrustFacts, removal: ProviderWork | undefined): Step[] {
  const address = settings?.passiveLogOnUri
  if (removal === undefined || address === undefined) return []
  if (otherTrusts.some((other) => hasSameProvider(other.settings, settings ?? {}))) return []
  const {files, action} = removal
  return [
    ...files.map(({path, text, before}) => fileStep(path, text, before)),
    relyingPartyStep(address, action, {before: settings?.preferredAuthenticationProtocol ?? 'WsFed', after: null}),
  ]
}

const isSynchronized = ({lastDirSyncTime}: User): boolean => lastDirSyncTime !== undefined

/** What speaks against making a federated domain managed with these resets of passwords; pure. */
export function findStandardProblems(facts: TrustFacts, resets: readonly Step[]): Finding[] {
  const {name, rootDomain} = facts.domain
  return [...findSubdomainProblem(name, rootDomain), ...findUserProblems(facts, resets)]
}

function findUserProblems({domain, users}: TrustFacts, resets: readonly Step[]): Finding[] {
  const synchronized = users.filter(isSynchronized).length
  const reset = new Set(resets.map(({target}) => upnKey(target)))
  const left = users.filter((user) => !isSynchronized(user) && !reset.has(upnKey(user.userPrincipalName))).length
  const problems: Finding[] = []
  if (synchronized > 0) {
    problems.push(
      warning(domain.name, {
        code: 'SynchronizedPasswordsLeftAlone',
        message: `${counted(synchronized, 'user')} ${synchronized === 1 ? 'is' : 'are'} synchronised: their passwords are left alone.`,
        hint: 'Make sure that the synchronisation also sends password hashes, or they cannot sign in.',
      }),
    )
  }
  if (left > 0 && resets.length > 0) {
    problems.push(
      error(domain.name, {
        code: 'UsersNotInPlan',
        message: `${counted(left, 'user')} came since the plan was made: no password is reset for ${left === 1 ? 'it' : 'them'}.`,
        hint: 'Make a new plan, or accept it and give each one a password: --accept UsersNotInPlan.',
      }),
    )
  }
  if (left > 0 && resets.length === 0) {
    problems.push(
      warning(domain.name, {
        code: 'UsersWithoutPassword',
        message: `${counted(left, 'user')} ${left === 1 ? 'gets' : 'get'} no password and cannot sign in until ${left === 1 ? 'it has' : 'they have'} one.`,
        hint: 'Give each one: fedctl set-user-password UPN. Or convert with --skip-user-conversion false.',
      }),
    )
  }
  return problems
}

function summaryOf(
  {users, subdomains, settings, otherTrusts}: TrustFacts,
  {passwordFile}: WantedStandard,
  resets: number,
): string[] {
  const needing = otherTrusts.filter((other) => hasSameProvider(other.settings, settings ?? {}))
  return [
    `${counted(users.length, 'user')} will sign in at the directory.`,
    resets === 0
      ? 'No password will be reset.'
      : `${counted(resets, 'password')} will be reset and written to ${passwordFile}. Undo cannot restore a password.`,
    `Subdomains that follow: ${subdomains.length === 0 ? 'none' : subdomains.join(', ')}.`,
    needing.length === 0
      ? 'The relying party is needed by no other domain and can be removed.'
      : `The relying party stays: ${needing.map(({domain}) => domain).join(', ')} ${needing.length === 1 ? 'needs' : 'need'} it.`,
  ]
}
