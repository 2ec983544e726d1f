import {FedctlError} from '../errors/fedctl-error.ts'
import type {FederationSettingsChange} from '../graph/federation-settings.ts'
import type {FederationSettings} from '../model/federation-settings.ts'
import type {Finding} from '../model/finding.ts'
import {sameState} from '../plan/same-state.ts'
import {settingsStep, toSettingsState} from './federation-settings-resource.ts'
import {findAddressProblems} from './find-address-problems.ts'
import {findSubdomainProblem} from './find-domain-problems.ts'
import {findIssuerProblems} from './find-issuer-problems.ts'
import {findSigningCertificateProblems} from './find-signing-certificate-problems.ts'
import type {PlanContent} from './plan-content.ts'
import type {TrustFacts} from './trust-facts.ts'

/**
 * Plans a change of the settings of a federated domain, at the directory alone; null clears one. What was wrong before and stays so is
 * no finding: an old trust must stay manageable. Pure. Throws Refused when the domain is managed.
 */
export function planSettingsChange(facts: TrustFacts, change: FederationSettingsChange, now: Date): PlanContent {
  const {domain, settings} = facts
  if (settings === undefined)
    throw new FedctlError('Refused', `The domain ${domain.name} is managed: it has no federation settings.`, {
      hints: [`Federate it: fedctl convert-domain-to-federated ${domain.name}.`],
    })
  const wanted = changed(settings, change)
  const [before, after] = [toSettingsState(settings), toSettingsState(wanted)]
  if (sameState(before, after))
    return {summary: [`${domain.name} has these settings already.`], findings: [], steps: []}
  return {
    summary: [],
    findings: findSettingsProblems(facts, {before: settings, after: wanted}, now),
    steps: [settingsStep(domain.name, 'change the federation settings', {before, after})],
  }
}

/** What speaks against changing the settings of a federated domain, and not as much against leaving them; pure. */
export function findSettingsProblems(
  facts: TrustFacts,
  {before, after}: {readonly before: FederationSettings; readonly after: FederationSettings},
  now: Date,
): Finding[] {
  const {name, rootDomain} = facts.domain
  const known = new Set(findProblems(facts, before, now).map(({message}) => message))
  return [
    ...findSubdomainProblem(name, rootDomain),
    ...findProblems(facts, after, now).filter(({message}) => !known.has(message)),
  ]
}

const changed = (settings: FederationSettings, change: FederationSettingsChange): FederationSettings =>
  Object.fromEntries(
    Object.entries({...settings, ...change}).filter(([, value]) => value !== null && value !== undefined),
  ) as unknown as FederationSettings

function findProblems({domain: {name}, otherTrusts}: TrustFacts, settings: FederationSettings, now: Date): Finding[] {
  const taken = findIssuerProblems(name, {settings, supportMultipleDomain: false}, otherTrusts)
  return [
    ...taken.filter(({code}) => code !== 'SupportMultipleDomainNeeded'),
    ...findSigningCertificateProblems(name, settings, now),
    ...findAddressProblems(name, settings),
  ]
}
