import {viewOf} from './view.ts'

/** A token that was signed. */
export interface TokenRecord {
  readonly file?: string
  readonly protocol: 'WsFed' | 'Samlp'
  readonly issuer: string
  readonly audience: string
  readonly nameId: string
  readonly userPrincipalName?: string
  readonly notBefore: string
  readonly notOnOrAfter: string
  /** Absent when it went into a file. */
  readonly token?: string
}

/** The text of a token is a credential of some thousand characters: a person sees it when asking for it. */
export const tokenView = viewOf<TokenRecord>([
  'file',
  'protocol',
  'issuer',
  'audience',
  'nameId',
  'userPrincipalName',
  'notBefore',
  'notOnOrAfter',
  {name: 'token', onRequest: true},
])
