import {sign} from 'node:crypto'

/** Signers that xml-crypto lacks, as it wants them: RSA and ECDSA over SHA-256 and SHA-384, r and s side by side (RFC 9231). */
export function signatureBy(method: string): Record<string, new () => object> {
  const [, hash] = /#(?:rsa|ecdsa)-(sha256|sha384)$/.exec(method) ?? []
  if (hash === undefined) return {}
  class Signer {
    getAlgorithmName = (): string => method
    getSignature = (signedInfo: string, key: string): string =>
      sign(hash, Buffer.from(signedInfo), {key, dsaEncoding: 'ieee-p1363'}).toString('base64')
  }
  return {[method]: Signer}
}
