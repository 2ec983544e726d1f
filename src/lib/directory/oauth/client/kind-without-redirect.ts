import type {Client} from '../../store/clients.ts'
import type {ClientProof} from '../tokens/access-token.ts'
import {refuseProof, requireProof} from './authenticate-client.ts'

/**
 * How a client comes that sends no redirect URI: as one that can keep a secret, which it must show, unless it is registered as one that
 * cannot (isFallbackPublicClient). Throws OAuthFailure.
 */
export function kindWithoutRedirect({application}: Client, proof: ClientProof): 'confidential' | 'public' {
  if (application.isFallbackPublicClient === 1) {
    refuseProof(proof)
    return 'public'
  }
  requireProof(proof)
  return 'confidential'
}
