import type {KeyObject} from 'node:crypto'

/** Whether a key is too weak, or of another kind than signatures are accepted by: RSA of 2048 bits and more, P-256, P-384, P-521. */
export function isWeakKey({asymmetricKeyType, asymmetricKeyDetails}: KeyObject): boolean {
  if (asymmetricKeyType === 'rsa') return (asymmetricKeyDetails?.modulusLength ?? 0) < 2048
  const curves = ['prime256v1', 'secp384r1', 'secp521r1']
  return asymmetricKeyType !== 'ec' || !curves.includes(asymmetricKeyDetails?.namedCurve ?? '')
}
