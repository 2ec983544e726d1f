/** A flag that takes one of several values. */
interface ChoiceFlag {
  readonly char?: string | undefined
  readonly options?: readonly string[] | undefined
}

/** Values of flags that take one of several are found in any case, as PowerShell finds those of an enumeration: --output JSON. */
export function foldOptions(argv: readonly string[], flags: Readonly<Record<string, object>>): string[] {
  const end = argv.indexOf('--')
  return argv.map((word, index) => {
    if (end >= 0 && index > end) return word
    const [, name, value] = /^(--[\w-]+)=(.*)$/s.exec(word) ?? []
    if (name !== undefined && value !== undefined) return `${name}=${folded(name, value, flags)}`
    return folded(argv[index - 1] ?? '', word, flags)
  })
}

function folded(flag: string, value: string, flags: Readonly<Record<string, object>>): string {
  const [, choices] =
    Object.entries<ChoiceFlag>(flags).find(([name, {char}]) => flag === `--${name}` || flag === `-${char}`) ?? []
  return choices?.options?.find((option) => option.toLowerCase() === value.toLowerCase()) ?? value
}
