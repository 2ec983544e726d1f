import type {Finding} from '../model/finding.ts'

/** The state of one thing as plain JSON. `null` is: not there. */
export type State = null | boolean | number | string | readonly State[] | {readonly [name: string]: State}

/**
 * One change of one thing, as data: `before` is what it was when the plan was made, `after` what it shall be. Never holds a secret.
 */
export interface Step {
  readonly side: 'identity provider' | 'directory'
  /** Which Resource reads and writes this thing. */
  readonly kind: string
  /** Which thing: a domain, a UPN, a file. */
  readonly target: string
  /** What is done, for people: "federate the domain". */
  readonly action: string
  /** A person does it; the plan waits until the resource says it is done. */
  readonly manual: boolean
  readonly before: State
  readonly after: State
  /** It proves what the steps before it did and leaves nothing behind: not repeated when nothing had to be done, nothing to take back. */
  readonly proof?: true
  /** Why undo cannot bring `before` back, where it cannot. */
  readonly irreversible?: string
}

/** What a command is going to do: made by a pure function, shown first, obeyed when applied, undone when it fails. */
export interface Plan {
  /** Names the plan file, its journal and its undo file. */
  readonly id: string
  /** The command that made it. */
  readonly command: string
  /** The object it is about: a domain name, a UPN. */
  readonly subject: string
  /** The tenant's id, so that a saved plan is never applied to another. */
  readonly tenantId: string
  /** ISO 8601. */
  readonly createdAt: string
  /** The id of the plan that this one takes back. */
  readonly takesBack?: string
  /** What a person must know first: how many users change, thumbprints, what undo cannot do. */
  readonly summary: readonly string[]
  readonly findings: readonly Finding[]
  readonly steps: readonly Step[]
}

/** What became of a step. */
export type StepOutcome = 'done' | 'already so' | 'undone' | 'not undone' | 'not begun' | 'waiting'

/**
 * Reads and writes the things of one kind. `write` must bring the thing from any state it can be in to `to`, or throw. A refusal (isRefusal)
 * promises that this call has changed nothing. A step whose `before` is null makes a thing: it must not change one that somebody else made.
 */
export interface Resource {
  read(step: Step): Promise<State>
  write(step: Step, to: State): Promise<void>
  /** Only for manual steps: undefined when a person has done it, else what is missing, one sentence. `signal` stops the question. */
  waitingFor?(step: Step, signal?: AbortSignal): Promise<string | undefined>
}

/** The resources of a plan by the kinds of its steps. */
export type Resources = Readonly<Record<string, Resource>>
