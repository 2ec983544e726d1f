import {resolve} from 'node:path'
import * as Flags from '@oclif/core/flags'
import {configurableProviders} from '../../lib/relying-party/relying-party-files.ts'

/** The identity provider's side of a conversion: what is written for it, and whether it is done. */
export const providerSideFlags = {
  'relying-party-folder': Flags.string({
    summary: 'Write what the identity provider needs into this folder.',
    helpValue: 'FOLDER',
    // A plan may be carried out from another folder than the one it was made in.
    parse: async (folder) => resolve(folder),
  }),
  'identity-provider': Flags.option({
    summary: 'For which identity provider; by its address when nothing is said.',
    options: configurableProviders,
  })(),
  'identity-provider-ready': Flags.boolean({
    summary: 'The identity provider is done with: do not ask it.',
  }),
  overwrite: Flags.boolean({summary: 'Replace files that have other content.'}),
}
