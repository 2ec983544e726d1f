import {createPublicKey, generateKeyPairSync, type KeyObject, sign, X509Certificate} from 'node:crypto'

/** One RSA key for a whole test file: making one is what takes time. */
export const testKey = (bits = 2048): KeyObject => generateKeyPairSync('rsa', {modulusLength: bits}).privateKey

/** A self-signed certificate of this key, as little of X.509 as node:crypto accepts. */
export function testCertificate(key: KeyObject, subject: string, notBefore: Date, years = 1): X509Certificate {
  const algorithm = der(0x30, der(0x06, Buffer.from('2a864886f70d01010b', 'hex')), der(0x05))
  const name = der(0x30, der(0x31, der(0x30, der(0x06, Buffer.from('550403', 'hex')), der(0x0c, Buffer.from(subject)))))
  const notAfter = new Date(notBefore)
  notAfter.setUTCFullYear(notBefore.getUTCFullYear() + years)
  const body = der(
    0x30,
    der(0x02, Buffer.from([1])),
    algorithm,
    name,
    der(0x30, time(notBefore), time(notAfter)),
    name,
    createPublicKey(key).export({type: 'spki', format: 'der'}),
  )
  const signature = sign('sha256', body, key)
  return new X509Certificate(der(0x30, body, algorithm, der(0x03, Buffer.from([0]), signature)))
}

const time = (date: Date): Buffer =>
  der(0x17, Buffer.from(`${date.toISOString().replaceAll(/[-:T]/g, '').slice(2, 14)}Z`))

function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts)
  const length =
    content.length < 128
      ? Buffer.from([content.length])
      : Buffer.from([0x82, content.length >> 8, content.length & 0xff])
  return Buffer.concat([Buffer.from([tag]), length, content])
}
