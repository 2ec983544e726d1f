import type {State, Step} from '../../lib/plan/plan.ts'
import {viewOf} from './view.ts'

/** The steps of a plan; the summary of the plan is told beside it. */
export const stepView = viewOf<Step & {outcome?: string}>(
  [
    'side',
    'target',
    'action',
    'manual',
    {name: 'before', format: (value) => stateText(value as State)},
    {name: 'after', format: (value) => stateText(value as State)},
    'outcome',
  ],
  {
    table: ['side', 'target', 'action', 'before', 'after'],
    list: ['side', 'target', 'action', 'manual', 'before', 'after'],
  },
)

const longest = 48

/** A state in a few words: its properties with short values; long ones (certificates, files) are cut. */
function stateText(state: State): string {
  if (state === null || typeof state !== 'object') return cut(String(state ?? ''))
  const entries = Object.entries(state as {readonly [name: string]: State})
  return entries
    .map(
      ([name, value]) =>
        `${name}=${cut(value === null ? '' : typeof value === 'string' ? value : JSON.stringify(value))}`,
    )
    .join(' ')
}

const cut = (text: string): string => (text.length <= longest ? text : `${text.slice(0, longest)}…`)
