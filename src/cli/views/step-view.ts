import type {Step} from '../../lib/plan/plan.ts'
import {viewOf} from './view.ts'

/** The steps of a plan; the summary of the plan is told beside it. */
export const stepView = viewOf<Step & {outcome?: string}>(
  ['side', 'target', 'action', 'manual', 'before', 'after', 'outcome'],
  {table: ['side', 'target', 'action', 'manual'], list: ['side', 'target', 'action', 'manual', 'before', 'after']},
)
