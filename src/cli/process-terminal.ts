import {inquirerPrompts} from './inquirer-prompts.ts'
import {processOutput} from './process-output.ts'
import {OutputClosed, type Terminal} from './terminal.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** The terminal of this process. What it is, is found out when somebody asks. */
export function processTerminal(environment: Environment): Terminal {
  const output = processOutput(1)
  const errors = processOutput(2)
  return {
    get isInteractive() {
      return errors.isTerminal() && process.stdin.isTTY === true
    },
    get outputIsTerminal() {
      return output.isTerminal()
    },
    get width() {
      return output.isTerminal() ? process.stdout.columns : undefined
    },
    get hasColors() {
      return showsColors(environment, output)
    },
    get errorsHaveColors() {
      return showsColors(environment, errors)
    },
    write(text) {
      if (!output.write(text)) throw new OutputClosed()
    },
    writeError: (text) => void errors.write(text),
    prompts: inquirerPrompts,
  }
}

/** As Node decides it: FORCE_COLOR first, then NO_COLOR, then whether it is a terminal that can. */
function showsColors(environment: Environment, {isTerminal}: {isTerminal(): boolean}): boolean {
  const {FORCE_COLOR: forced, NO_COLOR: refused, TERM: kind} = environment
  if (forced !== undefined) return forced !== '0' && forced !== 'false'
  return (refused === undefined || refused === '') && isTerminal() && kind !== 'dumb'
}
