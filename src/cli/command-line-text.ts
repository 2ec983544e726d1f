/** A command line of fedctl as one types it into a shell. */
export const commandLineText = (argv: readonly string[]): string => ['fedctl', ...argv.map(quoted)].join(' ')

const quoted = (word: string): string =>
  /^[A-Za-z0-9@%+=:,./_-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`
