import {join} from 'node:path'
import {FedctlError} from '../errors/fedctl-error.ts'
import type {RelyingPartyFile} from '../relying-party/relying-party.ts'
import {fileResource, fileStep} from './file-resource.ts'
import type {ProviderFile} from './provider-work.ts'

/**
 * The files of an identity provider as they will stand in a folder, with what stands there now. Throws FileExists, before anything is
 * written, for a file of other content that may not be overwritten.
 */
export async function readProviderFiles(
  folder: string,
  files: readonly RelyingPartyFile[],
  mayOverwrite: boolean,
): Promise<ProviderFile[]> {
  const read: ProviderFile[] = []
  for (const {name, content} of files) {
    const path = join(folder, name)
    const found = await fileResource.read(fileStep(path, content, null))
    const before = typeof found === 'string' ? found : null
    if (before !== null && before !== content && !mayOverwrite) {
      throw new FedctlError('FileExists', `${path} exists and has other content.`, {hints: ['Give --overwrite.']})
    }
    read.push({path, text: content, before})
  }
  return read
}
