import type {ScryptOptions} from 'node:crypto'

// One of the settings that OWASP's Password Storage Cheat Sheet holds to be equally strong, from N=2^17 with p=1 down to N=2^13 with
// p=10: the 16 MiB of this one can be spared several times at once. About 0.2 s.
const cost = {N: 16_384, r: 8, p: 5} as const satisfies ScryptOptions

/** The password as it is stored: scrypt (RFC 7914) with its parameters, salt and key. */
export async function hashPassword(password: string, salt: Uint8Array): Promise<string> {
  const key = await scrypt(password, salt)
  return ['scrypt', cost.N, cost.r, cost.p, Buffer.from(salt).toString('base64'), key.toString('base64')].join('$')
}

/**
 * Whether a password is the one that is stored. Without a stored one it is none, which takes as long to find out: nobody learns by it who
 * exists.
 */
export async function isPassword(password: string, stored: string | undefined): Promise<boolean> {
  const [, , , , salt = '', key = ''] = (stored ?? '').split('$')
  const given = await scrypt(password, Buffer.from(salt, 'base64'))
  const wanted = Buffer.from(key, 'base64')
  const {timingSafeEqual} = await import('node:crypto')
  return given.length === wanted.length && timingSafeEqual(given, wanted)
}

// Loaded when the first password comes: most commands never see one.
async function scrypt(password: string, salt: Uint8Array): Promise<Buffer> {
  const crypto = await import('node:crypto')
  return new Promise((resolve, reject) => {
    crypto.scrypt(password.normalize('NFC'), salt, 32, cost, (error, key) =>
      error === null ? resolve(key) : reject(error),
    )
  })
}
