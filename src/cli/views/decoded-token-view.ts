import type {DecodedToken} from '../../lib/saml/decode-token.ts'
import {toClaimLines} from '../../lib/saml/token-verdict.ts'
import {viewOf} from './view.ts'

/** What a token says of itself, as a record; nothing of it is verified, and times are as they are written. */
export interface DecodedTokenRecord {
  readonly file: string
  readonly version: string
  readonly issuer?: string
  readonly nameId?: string
  readonly nameIdFormat?: string
  readonly immutableId?: string
  readonly userPrincipalName?: string
  readonly claims: readonly string[]
  readonly audience: readonly string[]
  readonly issueInstant?: string
  readonly notBefore?: string
  readonly notOnOrAfter?: string
  readonly authenticationMethod?: string
  readonly recipient?: string
  readonly inResponseTo?: string
}

const joined = (value: unknown): string => (value as readonly string[]).join(', ')

export const decodedTokenView = viewOf<DecodedTokenRecord>(
  [
    'file',
    'version',
    'issuer',
    'nameId',
    'nameIdFormat',
    'immutableId',
    'userPrincipalName',
    {name: 'claims', format: joined},
    {name: 'audience', format: joined},
    'issueInstant',
    'notBefore',
    'notOnOrAfter',
    'authenticationMethod',
    'recipient',
    'inResponseTo',
  ],
  {table: ['file', 'issuer', 'nameId', 'userPrincipalName', 'notOnOrAfter']},
)

/** The record of a decoded token; what it does not say is left out. */
export function toDecodedTokenRecord(token: DecodedToken, file: string): DecodedTokenRecord {
  const {version, issuer, conditions, subjects, authentications, attributes, issueInstant} = token
  const [subject] = subjects
  const bearer = subject?.confirmations[0]?.bearer
  const record = {
    file,
    version,
    issuer,
    nameId: subject?.nameId,
    nameIdFormat: subject?.format,
    immutableId: token.immutableId,
    userPrincipalName: token.userPrincipalName,
    claims: toClaimLines(attributes),
    audience: conditions?.restrictions.flat() ?? [],
    issueInstant,
    notBefore: conditions?.notBefore,
    notOnOrAfter: conditions?.notOnOrAfter,
    authenticationMethod: authentications[0]?.method,
    recipient: bearer?.recipient,
    inResponseTo: bearer?.inResponseTo,
  }
  const entries = Object.entries(record).filter(([, value]) => value !== undefined)
  return Object.fromEntries(entries) as unknown as DecodedTokenRecord
}
