import {existsSync, readdirSync} from 'node:fs'
import {FedctlError} from '../lib/errors/fedctl-error.ts'
import {journalEnding} from '../lib/plan/journal-file.ts'
import type {Plan} from '../lib/plan/plan.ts'
import type {Context} from './context.ts'
import {planLine, plansFolder} from './kept-plans.ts'

/**
 * Says on standard error which plans of the profile's tenant wait for somebody to finish or undo them, but for those of `command`, which
 * asks about its own, and which journals are damaged. Quick when there are none; never what stops a command.
 */
export async function warnOfUnfinished(context: Context, command: string): Promise<void> {
  const folder = plansFolder(context)
  if (!hasJournals(folder)) return
  const [{listUnfinished}, tenantId] = await Promise.all([
    import('../lib/plan/unfinished-plan.ts'),
    context.profile().then((profile) => profile.tenantId, nothingWhenMissing),
  ])
  if (tenantId === undefined) return
  const isToBeTold = (plan: Plan) => plan.tenantId === tenantId && plan.command !== command
  const unfinished = await listUnfinished(folder, ({plan, error}) => {
    if (plan === undefined || isToBeTold(plan)) context.warn([error.message, ...error.hints].join(' '))
  })
  for (const {plan, owner, waitingAt} of unfinished) {
    const isRunning = owner !== undefined && context.processes.isRunning(owner)
    if (!isToBeTold(plan) || isRunning) continue
    const state = waitingAt === undefined ? 'was interrupted' : 'waits for a person'
    const line = await planLine(context, plan, '--unfinished')
    context.warn(`${plan.command} ${plan.subject}, begun ${plan.createdAt}, ${state}: ${line} finish|undo`)
  }
}

/** What cannot be looked into may hold some: reading it says why. */
function hasJournals(folder: string): boolean {
  try {
    return readdirSync(folder).some((name) => name.endsWith(journalEnding))
  } catch {
    return existsSync(folder)
  }
}

// Whoever needs a tenant says itself that there is none.
function nothingWhenMissing(error: unknown): undefined {
  if (!(error instanceof FedctlError)) throw error
}
