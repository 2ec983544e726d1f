import type {Call} from '../../api/call.ts'
import type {Attempt} from '../../sign-in/attempt.ts'
import type {Client} from '../../store/clients.ts'
import type {Tenant} from '../../store/tenants.ts'
import type {Fields} from '../read-fields.ts'
import type {ClientProof} from '../tokens/access-token.ts'

/** A request for tokens of which it is known who asks. */
export interface TokenRequest {
  readonly call: Call
  /** Undefined where the user decides. */
  readonly tenant: Tenant | undefined
  readonly fields: Fields
  readonly client: Client
  readonly proof: ClientProof
  /** What is written down of it. */
  readonly attempt: Attempt
}

/** What answers a request for tokens (RFC 6749, 5.1). Throws OAuthFailure. */
export type GrantType = (request: TokenRequest) => Promise<object>
