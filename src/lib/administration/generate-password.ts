const classes = ['abcdefghijkmnopqrstuvwxyz', 'ABCDEFGHJKLMNPQRSTUVWXYZ', '23456789', '!#%*+-=?'] as const
const alphabet = classes.join('')
const length = 16

/** A password of 16 characters of all four classes, without those that are easily mistaken, from the given randomness. */
export function generatePassword(randomBytes: (size: number) => Uint8Array): string {
  const pick = (letters: string): string => {
    for (;;) {
      const [byte = 0] = randomBytes(1)
      // Above the largest multiple a remainder would favour the first letters.
      if (byte < 256 - (256 % letters.length)) return letters.charAt(byte % letters.length)
    }
  }
  const letters = [...classes.map(pick), ...Array.from({length: length - classes.length}, () => pick(alphabet))]
  for (let at = letters.length - 1; at > 0; at -= 1) {
    const [byte = 0] = randomBytes(1)
    const other = byte % (at + 1)
    ;[letters[at], letters[other]] = [letters[other] ?? '', letters[at] ?? '']
  }
  return letters.join('')
}
