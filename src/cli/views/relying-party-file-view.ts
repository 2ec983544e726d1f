import type {ConfigurableProvider} from '../../lib/relying-party/relying-party-files.ts'
import {viewOf} from './view.ts'

/** A file that was written for an identity provider. */
export interface RelyingPartyFileRecord {
  readonly file: string
  readonly identityProvider: ConfigurableProvider
  readonly purpose: string
  /** SHA-256 of the content, hex. */
  readonly sha256: string
}

export const relyingPartyFileView = viewOf<RelyingPartyFileRecord>(['file', 'identityProvider', 'purpose', 'sha256'], {
  table: ['file', 'purpose'],
})
