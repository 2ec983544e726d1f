import * as Flags from '@oclif/core/flags'

/** What commands take whose plans are kept: saved and applied later, continued after an interruption. */
export const keptPlanFlags = {
  accept: Flags.string({
    multiple: true,
    summary: 'Accept the finding with this code; once for each.',
    helpValue: 'CODE',
    helpGroup: 'CHANGES',
  }),
  out: Flags.string({summary: 'Save the plan to a new file and stop.', helpValue: 'FILE', helpGroup: 'CHANGES'}),
  plan: Flags.string({summary: 'Carry out exactly this saved plan.', helpValue: 'FILE', helpGroup: 'CHANGES'}),
  unfinished: Flags.option({
    options: ['finish', 'undo'] as const,
    summary: 'What to do with a plan that was interrupted.',
    helpGroup: 'CHANGES',
  })(),
}
