import {resolve} from 'node:path'
import * as Flags from '@oclif/core/flags'
import {keptPlanFlags} from './kept-plan-flags.ts'
import {passphraseFlags} from './passphrase.ts'

/** What changes of a trust take: the key they are proven with, and what becomes of their plans. */
export const trustPlanFlags = {
  'signing-key': Flags.string({
    summary:
      'Private key of the signing certificate (PEM, DER or PFX): at the embedded directory the trust proves itself by a token, or is undone.',
    helpValue: 'FILE',
    // A plan may be carried out from another folder than the one it was made in.
    parse: async (file) => resolve(file),
  }),
  ...passphraseFlags,
  ...keptPlanFlags,
}
