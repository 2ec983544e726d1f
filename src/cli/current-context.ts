import {AsyncLocalStorage} from 'node:async_hooks'
import type {Context} from './context.ts'

const storage = new AsyncLocalStorage<Context>()

/** Runs `work` with this context as the current one. Only main does. */
export const inContext = <Result>(context: Context, work: () => Promise<Result>): Promise<Result> =>
  storage.run(context, work)

/** The context of the command line that is running. Only cli/ asks for it; outside main it throws. */
export function currentContext(): Context {
  const context = storage.getStore()
  if (context === undefined) throw new Error('there is no current context outside main')
  return context
}
