import type {ColumnType} from 'kysely'

type Flag = ColumnType<number, boolean, boolean>

/** A key that signs tokens: when it does, and how long it is published so that they can be verified. */
export interface SigningKeyTable {
  kid: string
  /** PKCS #8, base64. */
  privateKey: string
  createdDateTime: string
  signsFromDateTime: string
  signsUntilDateTime: string
  publishedUntilDateTime: string
}

/** What a user who signed in lets an application do; every code and token of it ends with the row. */
export interface OAuthGrantTable {
  id: string
  tenantId: string
  appId: string
  userId: string
  /** As it was asked for, with a blank between. */
  scope: string
  /** As amr has it, with a blank between: pwd, fed, mfa. */
  authenticationMethods: string
  authenticatedDateTime: string
  /** How the application may renew it: with its credential, without any, or as a page in a browser, for a day. */
  clientKind: 'confidential' | 'public' | 'page'
  expiresDateTime: string
}

/** A code or a refresh token of a grant: only its hash. A used one stays, so that its second use is noticed. */
export interface OAuthCodeTable {
  codeHash: string
  grantId: string
  kind: 'authorization' | 'refresh'
  isUsed: Flag
  expiresDateTime: string
  /** Of an authorization code: where it was sent, and what came with the request. */
  redirectUri: string | null
  codeChallenge: string | null
  nonce: string | null
}

/** A device that waits until its user has signed in elsewhere. */
export interface DeviceCodeTable {
  deviceCodeHash: string
  userCode: string
  /** Null when the user decides in which tenant. */
  tenantId: string | null
  appId: string
  scope: string
  expiresDateTime: string
  lastPollDateTime: string | null
  state: 'pending' | 'approved' | 'declined'
  grantId: string | null
}

/** Somebody is signing in at our pages: for what, and in which browser. */
export interface SignInRequestTable {
  stateHash: string
  cookieHash: string
  /** JSON. */
  request: string
  expiresDateTime: string
}

/** How often signing in has failed lately; keys are hashes, because people type passwords where names belong. */
export interface SignInFailureTable {
  key: string
  failures: number
  lockedUntilDateTime: string | null
  expiresDateTime: string
}
