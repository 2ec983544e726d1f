import {type ErrorCode, type ExitCode, errorTable} from './error-table.ts'

/** What goes with a message. */
export interface ErrorContext {
  /** What to do next, one sentence each. */
  hints?: readonly string[]
  cause?: unknown
  /** Lines that belong under the message: findings, failed records, what could not be undone. */
  details?: readonly string[]
}

/**
 * Every failure a person or the outside can cause: a stable `code`, the exit code that goes with it, one message that says
 * what happened to which thing, and hints that say what to do next. Never holds a secret or a token.
 */
export class FedctlError extends Error {
  readonly code: ErrorCode
  readonly hints: readonly string[]
  readonly details: readonly string[]

  constructor(code: ErrorCode, message: string, {hints = [], cause, details = []}: ErrorContext = {}) {
    super(message, cause === undefined ? undefined : {cause})
    this.name = 'FedctlError'
    this.code = code
    this.hints = hints
    this.details = details
  }

  /** The exit code of the process when this error ends it (docs/errors.md). */
  get exitCode(): ExitCode {
    return errorTable[this.code].exit
  }
}
