import {resolve} from 'node:path'
import type {Transport} from '../lib/http/transport.ts'
import type {Domain} from '../lib/model/domain.ts'
import type {Revived} from './change-command.ts'
import type {Context} from './context.ts'
import {type ProofGiven, type TrustProof, trustProof} from './trust-proof.ts'

interface Wanted extends ProofGiven {
  readonly domain: string
  readonly isFirstRun: boolean
  readonly identityProviderReady?: boolean
  /** The requests are only shown: no password is written down. */
  readonly asGraph?: boolean
}

/** With what a plan about the trust of a domain is proven and carried out, and the domain as it is then. */
export async function conversionParts(
  context: Context,
  wanted: Wanted,
): Promise<Revived<Domain> & Pick<TrustProof, 'proven'>> {
  const [graph, {conversionResources}, {findPlanProblems}, {probeRelyingParty}, {generatePassword}] = await Promise.all(
    [
      context.graph(),
      import('../lib/federation/conversion-resources.ts'),
      import('../lib/federation/find-plan-problems.ts'),
      import('../lib/relying-party/probe-relying-party.ts'),
      import('../lib/administration/generate-password.ts'),
    ],
  )
  const {keyIn, problems, proven} = trustProof(context, wanted)
  const resources = conversionResources(graph, {
    ...{keyIn, newId: context.newId, now: context.now, signInClient: context.signInClient},
    isFirstRun: wanted.isFirstRun,
    isProviderReady: wanted.identityProviderReady === true,
    keepsPasswords: wanted.asGraph !== true,
    newPassword: () => generatePassword(context.randomBytes),
    probe: (passiveLogOnUri, protocol, signal) => {
      const saml = {requestId: `_${context.newId()}`, now: context.now()}
      const network = context.network()
      const transport: Transport = (request) => network({...request, ...(signal !== undefined && {signal})})
      return probeRelyingParty({passiveLogOnUri, transport, ...(protocol === 'Samlp' && {saml})})
    },
  })
  return {
    resources,
    proven,
    preflight: async (plan) => [
      ...(await findPlanProblems(graph, plan, context.now())),
      ...(await problems(plan.steps)),
    ],
    isDestructive: true,
    async *result() {
      yield await graph.domains.get(wanted.domain)
    },
  }
}

/** The whole path of a file for new passwords, which must not be there yet, in a folder that is. Throws FileExists, FileMissing. */
export async function newPasswordFile(path: string): Promise<string> {
  const file = resolve(path)
  const {verifyNewPasswordFile} = await import('../lib/federation/user-password-resource.ts')
  await verifyNewPasswordFile(file)
  return file
}
