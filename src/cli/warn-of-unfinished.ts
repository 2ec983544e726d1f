import {existsSync, readdirSync} from 'node:fs'
import {journalEnding} from '../lib/plan/journal-file.ts'
import type {Context} from './context.ts'
import {plansFolder} from './kept-plans.ts'

/**
 * Says on standard error which plans of the profile's tenant wait for somebody to finish or undo them, but for those of `command`, which
 * asks about its own. Quick when there are none.
 */
export async function warnOfUnfinished(context: Context, command: string): Promise<void> {
  const folder = plansFolder(context)
  if (!existsSync(folder) || !readdirSync(folder).some((name) => name.endsWith(journalEnding))) return
  const [{listUnfinished}, {tenantId}] = await Promise.all([
    import('../lib/plan/unfinished-plan.ts'),
    context.profile(),
  ])
  for (const {plan, owner, waitingAt} of await listUnfinished(folder)) {
    const isRunning = owner !== undefined && context.processes.isRunning(owner)
    if (plan.tenantId !== tenantId || plan.command === command || isRunning) continue
    const state = waitingAt === undefined ? 'was interrupted' : 'waits for a person'
    const line = `fedctl ${plan.command} ${plan.subject}`
    context.warn(`${line}, begun ${plan.createdAt}, ${state}: ${line} --unfinished finish|undo`)
  }
}
