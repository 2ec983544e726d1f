import {X509Certificate} from 'node:crypto'
import {GraphFailure} from '../rules/graph-failure.ts'
import {timestamp} from '../rules/timestamp.ts'
import {listKeys} from '../store/application-credentials.ts'
import type {StoredObject} from '../store/list-objects.ts'
import type {TenantCall} from './call.ts'

// The directory itself, as it was called before Graph: what the service demands.
const audience = '00000002-0000-0000-c000-000000000000'
const longestSeconds = 600

/**
 * Refuses a change of certificates without a proof that the sender has the key of a valid one: a JWT for the directory by the object
 * itself, signed with that key, that lives ten minutes at most. Gives the id of that certificate.
 */
export async function verifyProof({services}: TenantCall, object: StoredObject, proof: string): Promise<string> {
  const now = services.now()
  const keys = await services.store.read((db) => listKeys(db, [object.id]))
  const valid = keys.filter(
    ({startDateTime, endDateTime}) => startDateTime <= timestamp(now) && timestamp(now) < endDateTime,
  )
  const {jwtVerify, errors} = await import('jose')
  for (const {keyId, certificate} of valid)
    try {
      const {payload} = await jwtVerify(proof, new X509Certificate(Buffer.from(certificate, 'base64')).publicKey, {
        algorithms: ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512'],
        audience,
        issuer: object.id,
        currentDate: now,
        requiredClaims: ['exp', 'nbf'],
      })
      if (Number(payload.exp) - Number(payload.nbf) <= longestSeconds) return keyId
    } catch (error) {
      // Another certificate may be the one; a TypeError says that its key is not of the kind the proof was signed with.
      if (!(error instanceof errors.JOSEError || error instanceof TypeError)) throw error
    }
  throw new GraphFailure(401, 'Authentication_MissingOrMalformed', 'Access Token missing or malformed.')
}
