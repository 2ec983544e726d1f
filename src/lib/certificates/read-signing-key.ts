import {createPrivateKey, type KeyObject} from 'node:crypto'
import {FedctlError} from '../errors/fedctl-error.ts'
import {type KeySource, passphraseRefused} from './key-source.ts'
import {type Block, readBlocks} from './read-blocks.ts'

/**
 * Reads a private key: PKCS #8 with or without encryption, PKCS #1, SEC 1, each as PEM, DER or base64, or from a PFX. The first one counts.
 * Fails with KeyUnreadable when there is none, when it is damaged, or when the passphrase is missing or wrong.
 */
export async function readSigningKey(content: Uint8Array | string, source: KeySource): Promise<KeyObject> {
  const block = readBlocks(content).find(({kind}) => kind === 'PFX' || kind.endsWith('private key'))
  if (block?.kind === 'PFX') {
    const {readPfx} = await import('./read-pfx.ts')
    const [key] = readPfx(block.der, source).keys
    if (key === undefined) throw noKey(source)
    return key
  }
  if (block === undefined) throw noKey(source)
  return readKeyBlock(block, source)
}

function readKeyBlock({kind, pem, der}: Block, source: KeySource): KeyObject {
  const isProtected = kind === 'passphrase-protected private key'
  const passphrase = source.passphrase ?? ''
  try {
    if (pem !== undefined) return createPrivateKey({key: pem, passphrase})
    // Without encryption OpenSSL tells PKCS #8, PKCS #1 and SEC 1 apart by itself.
    return createPrivateKey({key: der, format: 'der', type: isProtected ? 'pkcs8' : 'pkcs1', passphrase})
  } catch (cause) {
    // A wrong passphrase mostly shows as a bad padding; now and then the padding is right by chance and the rest is not.
    if (isProtected && !isUnsupported(cause)) throw passphraseRefused(source, cause)
    const problem = isProtected
      ? 'an encryption that is no longer supported'
      : 'no valid content: it is damaged or cut short'
    throw new FedctlError('KeyUnreadable', `${source.name} holds a private key with ${problem}.`, {
      hints: [
        'Write it anew: openssl pkcs8 -topk8 -in OLD.key -out NEW.key (an outdated encryption: add -provider legacy -provider default).',
      ],
      cause,
    })
  }
}

const isUnsupported = (cause: unknown): boolean => (cause as NodeJS.ErrnoException).code === 'ERR_OSSL_EVP_UNSUPPORTED'

const noKey = ({name}: KeySource): FedctlError =>
  new FedctlError('KeyUnreadable', `${name} holds no private key.`, {
    hints: ['Give the file with the private key: PEM with BEGIN (ENCRYPTED) PRIVATE KEY, or a PFX.'],
  })
