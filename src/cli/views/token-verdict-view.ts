import type {TokenVerdict} from '../../lib/saml/token-verdict.ts'
import {viewOf} from './view.ts'

export const tokenVerdictView = viewOf<TokenVerdict>(
  [
    'file',
    'accepted',
    'code',
    'aadsts',
    'reason',
    'issuer',
    'nameId',
    'immutableId',
    'userPrincipalName',
    {name: 'claims', format: (value) => (value as readonly string[]).join(', ')},
    'audience',
    'notOnOrAfter',
    'authenticationMethod',
  ],
  {table: ['file', 'accepted', 'code', 'aadsts', 'userPrincipalName', 'reason']},
)
