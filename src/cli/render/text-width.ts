/**
 * What measures the columns that these texts take. The tables of Unicode (wide characters, emoji) take as long to load as all the rest of a
 * command line; plain ASCII does without them.
 */
export async function measureFor(texts: readonly string[]): Promise<(text: string) => number> {
  if (texts.every((text) => /^[\x20-\x7e]*$/.test(text))) return (text) => text.length
  return (await import('string-width')).default
}
