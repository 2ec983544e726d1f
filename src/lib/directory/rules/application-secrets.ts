import {createHash, timingSafeEqual} from 'node:crypto'

// As the service makes them, so that whoever looks for leaked secrets finds these too: three characters, a digit, Q~, and 34 more.
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._'
const [start, rest] = [3, 34]

/** A new secret of an application: 40 characters with 222 bits of chance. */
export function newSecret(randomBytes: (size: number) => Uint8Array): string {
  const characters = Array.from(randomBytes(start + rest), (byte) => alphabet[byte % alphabet.length]).join('')
  return `${characters.slice(0, start)}8Q~${characters.slice(start)}`
}

/** What people see of a secret ever after. */
export const hintOf = (secret: string): string => secret.slice(0, 3)

/** What is kept of a secret. A fast hash is enough: nobody tries 2^222 secrets, whatever a try costs. */
export const hashSecret = (secret: string): string => createHash('sha256').update(secret).digest('base64url')

/** Whether a secret is the one of a hash; how long it takes to say so tells nothing. */
export const isSecret = (secret: string, hash: string): boolean => {
  const [given, kept] = [Buffer.from(hashSecret(secret)), Buffer.from(hash)]
  return given.length === kept.length && timingSafeEqual(given, kept)
}
