// Writes ten million bytes to standard output, in lines that are counted, as fedctl writes.
import {processTerminal} from '../../src/cli/process-terminal.ts'
import {OutputClosed} from '../../src/cli/terminal.ts'

const {write, writeError} = processTerminal(process.env)
try {
  for (let count = 0; count < 100_000; count++) write(`${String(count).padStart(99)}\n`)
} catch (error) {
  if (!(error instanceof OutputClosed)) throw error
  writeError('closed')
}
