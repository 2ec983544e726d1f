import {FedctlError} from '../lib/errors/fedctl-error.ts'
import {readSmallFile} from '../lib/files/read-small-file.ts'
import {type PostedToken, readPostedToken} from '../lib/saml/read-posted-token.ts'

/** The token of a file in any form people keep them. Fails as readSmallFile does, and with FileUnreadable when it is not UTF-8. */
async function readTokenFile(path: string): Promise<PostedToken> {
  const bytes = await readSmallFile(path)
  try {
    return readPostedToken(new TextDecoder('utf-8', {fatal: true}).decode(bytes))
  } catch (cause) {
    throw new FedctlError('FileUnreadable', `${path} is not a text in UTF-8.`, {cause})
  }
}

/** A token and the file it is in. */
export interface FiledToken {
  readonly file: string
  readonly posted: PostedToken
}

/** The tokens of files, in their order; fails with Usage when no file is named. */
export async function* listTokenFiles(files: readonly string[] = []): AsyncIterable<FiledToken> {
  if (files.length === 0) throw new FedctlError('Usage', 'The file of a token is needed, or several.')
  for (const file of files) yield {file, posted: await readTokenFile(file)}
}
