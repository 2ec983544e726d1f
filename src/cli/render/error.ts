import type {FedctlError} from '../../lib/errors/fedctl-error.ts'

/** A failure as a person reads it: what happened, the lines that belong to it, what to do next. */
export function renderError(error: FedctlError, hasColors: boolean): string {
  const title = `Error (${error.code}):`
  const lines = [
    `${hasColors ? `\u001b[31;1m${title}\u001b[0m` : title} ${error.message}`,
    ...error.details.map((detail) => `  ${detail}`),
    ...error.hints.map((hint) => `  → ${hint}`),
  ]
  return `${lines.join('\n')}\n`
}
