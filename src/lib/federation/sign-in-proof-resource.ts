import type {KeyObject} from 'node:crypto'
import type {SignInClient} from '../directory-client/sign-in-client.ts'
import {FedctlError} from '../errors/fedctl-error.ts'
import type {Resource, State, Step} from '../plan/plan.ts'
import {cloudReplyAddress, relyingPartyIdentifier} from '../relying-party/relying-party.ts'
import {authenticationMethods} from '../saml/claim.ts'
import type {TokenForm, TokenSigner} from '../saml/sign-token.ts'
import {toFormFields} from '../saml/to-form-fields.ts'
import {userClaims} from '../saml/user-claims.ts'

/** The kind of step that proves a trust: its target is a user, its state who was signed in by which token; null is: nobody. */
export const signInProofKind = 'sign-in proof'

/** Who is signed in, and all that is needed to write and sign the token; of the key no more than where it is. */
export interface SignInProof {
  readonly signedIn: string
  readonly immutableId: string
  readonly issuerUri: string
  readonly protocol: 'WsFed' | 'Samlp'
  /** Base64 of its DER. */
  readonly signingCertificate: string
  readonly signingKeyIn: string
}

/** The last step of a plan: a token for a user is presented as the identity provider would do it. */
export const signInProofStep = (proof: SignInProof): Step => ({
  side: 'directory',
  kind: signInProofKind,
  target: proof.signedIn,
  action: 'prove by a token',
  manual: false,
  before: null,
  after: {...proof},
  proof: true,
})

/** What is needed to present a token. */
export interface ProofOptions {
  readonly signInClient: () => Promise<SignInClient | undefined>
  /** The private key in a file. */
  readonly keyIn: (path: string) => Promise<KeyObject>
  readonly newId: () => string
  readonly now: () => Date
}

/**
 * Signs a token and posts it to the directory; what is read back is whom the directory signed in. The session is ended at once. Throws
 * Refused with the AADSTS number when the token is not accepted.
 */
export function signInProofResource(options: ProofOptions): Resource {
  const proven = new Map<string, State>()
  return {
    read: async ({target}) => proven.get(target) ?? null,
    async write({target}, to) {
      proven.delete(target)
      if (to === null) return
      const proof = signInProofOf(to)
      const client = await options.signInClient()
      if (client === undefined) throw new FedctlError('Refused', 'This directory takes no tokens from fedctl.')
      const fields = toFormFields(await signProof(proof, options), proof)
      const {sessionId, userPrincipalName} = await client.signIn(fields)
      await client.endSession(sessionId)
      proven.set(target, {...proof, signedIn: userPrincipalName})
    },
  }
}

// No trust allows its tokens less.
const lifetimeMilliseconds = 60_000

async function signProof(proof: SignInProof, {keyIn, newId, now}: ProofOptions): Promise<string> {
  const {immutableId, signedIn: userPrincipalName, protocol, issuerUri: issuer} = proof
  const notBefore = now()
  const form: TokenForm =
    protocol === 'WsFed' ? {protocol, samlVersion: '1.1', trustVersion: '2005'} : {protocol, signResponse: false}
  const signer: TokenSigner = {
    privateKey: await keyIn(proof.signingKeyIn),
    certificate: Buffer.from(proof.signingCertificate, 'base64'),
    newId,
  }
  // Loaded with the first token: most plans of this room present none.
  const {signToken} = await import('../saml/sign-token.ts')
  const content = {
    ...{issuer, audience: relyingPartyIdentifier, recipient: cloudReplyAddress, nameId: immutableId, notBefore},
    claims: userClaims({immutableId, userPrincipalName, multiFactor: false}, protocol),
    authenticationMethod: authenticationMethods.password,
    notOnOrAfter: new Date(notBefore.getTime() + lifetimeMilliseconds),
  }
  return signToken(content, form, signer)
}

const texts = ['signedIn', 'immutableId', 'issuerUri', 'signingCertificate', 'signingKeyIn'] as const

/** The proof in a state. Throws PlanUnreadable when it holds something else. */
export function signInProofOf(state: State): SignInProof {
  const proof = (state ?? {}) as Readonly<Record<string, State>>
  const {protocol} = proof
  if (texts.every((name) => typeof proof[name] === 'string') && (protocol === 'WsFed' || protocol === 'Samlp'))
    return proof as unknown as SignInProof
  throw new FedctlError('PlanUnreadable', 'The plan holds a proof by a token that is none.')
}
