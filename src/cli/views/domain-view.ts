import type {Domain, DomainVerificationRecord} from '../../lib/model/domain.ts'
import {asFlags, viewOf} from './view.ts'

export const domainView = viewOf<Domain>(
  [
    'authentication',
    {name: 'capabilities', format: asFlags},
    'isDefault',
    'isInitial',
    'name',
    'rootDomain',
    'status',
    {name: 'verificationMethod', onRequest: true},
  ],
  {table: ['name', 'status', 'authentication']},
)

export const domainVerificationRecordView = viewOf<DomainVerificationRecord>(
  ['label', 'recordType', 'text', 'mailExchange', 'preference', 'ttl'],
  {table: ['label', 'recordType', 'text', 'mailExchange', 'preference', 'ttl']},
)
