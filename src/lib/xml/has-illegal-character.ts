/** Whether a text has a character, or a numeric reference to one, that XML 1.0 cannot hold (2.2); parsers differ about them. */
export function hasIllegalCharacter(text: string): boolean {
  if (!isLegal(text)) return true
  for (const [, hex, decimal] of text.matchAll(/&#(?:x([0-9A-Fa-f]{1,8})|([0-9]{1,8}));/g)) {
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16)
    if (code > 0x10_ff_ff || !isLegal(String.fromCodePoint(code))) return true
  }
  return false
}

const isLegal = (text: string): boolean => !/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u.test(text)
