import * as Flags from '@oclif/core/flags'

/** What commands take whose plans are kept: saved and applied later, continued after an interruption. */
export const keptPlanFlags = {
  accept: Flags.string({
    multiple: true,
    multipleNonGreedy: true,
    summary: 'Accept the finding with this code; once for each.',
    helpValue: 'CODE',
    helpGroup: 'CHANGE',
  }),
  out: Flags.string({summary: 'Save the plan to a new file and stop.', helpValue: 'FILE', helpGroup: 'CHANGE'}),
  plan: Flags.string({summary: 'Carry out exactly this saved plan.', helpValue: 'FILE', helpGroup: 'CHANGE'}),
  unfinished: Flags.option({
    options: ['finish', 'undo'] as const,
    summary: 'What to do with a plan that was interrupted.',
    helpGroup: 'CHANGE',
  })(),
}
