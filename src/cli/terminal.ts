/** The answers a person can give to the question before a change, as PowerShell asks it. */
export type Confirmation = 'yes' | 'yes to all' | 'no' | 'no to all'

/** Questions to a person. Only asked when the terminal is interactive. */
export interface Prompts {
  confirm(question: string): Promise<Confirmation>
  choose<Value extends string>(question: string, choices: readonly {value: Value; name: string}[]): Promise<Value>
  password(question: string): Promise<string>
  input(question: string): Promise<string>
}

/** Where a command line meets a person or a pipe: two streams, what they are, and somebody to ask. */
export interface Terminal {
  /** Somebody is there to answer: standard input and standard error are terminals. */
  readonly isInteractive: boolean
  /** Standard output is a terminal: tables fit its width, colours are allowed. */
  readonly outputIsTerminal: boolean
  /** Columns of standard output; undefined when it is a pipe or a file, which take lines of any length. */
  readonly width: number | undefined
  /** Whether standard output shows colours. */
  readonly hasColors: boolean
  /** Whether standard error shows colours. */
  readonly errorsHaveColors: boolean
  /** Writes data. Throws OutputClosed when nobody reads it any more. */
  write(text: string): void
  writeError(text: string): void
  readonly prompts: Prompts
}

/** Nobody reads standard output any more, as after `| head`: the rest of the data is not wanted, and that is no failure. */
export class OutputClosed extends Error {}
