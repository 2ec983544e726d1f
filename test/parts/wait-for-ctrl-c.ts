// Waits as a plan does that can be stopped; says when it was asked to, and does not stop.
import {processParts} from '../../src/cli/process-parts.ts'

const {interruptible, terminal} = processParts()
await interruptible(async (signal) => {
  signal.addEventListener('abort', () => terminal.write('undoing\n'))
  terminal.write('working\n')
  await new Promise((resolve) => setTimeout(resolve, 10_000))
})
