import {existsSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import type {Plan, Resources, State, Step} from '../../src/lib/plan/plan.ts'

export const step = (target: string, before: State, after: State, more: Partial<Step> = {}): Step => ({
  side: 'directory',
  kind: 'thing',
  target,
  action: `change ${target}`,
  manual: false,
  before,
  after,
  ...more,
})

export const planOf = (...steps: Step[]): Plan => ({
  id: 'plan-1',
  command: 'change-things',
  subject: 'contoso.com',
  tenantId: 'tenant-1',
  createdAt: '2026-01-01T00:00:00.000Z',
  summary: [],
  findings: [],
  steps,
})

/** Makes one thing, changes one twice, removes one: every kind of change there is. */
export const everyChange = planOf(
  step('made', null, {name: 'made', size: 1}, {side: 'identity provider'}),
  step('changed', {name: 'old'}, {name: 'between'}),
  step('removed', {name: 'was here'}, null),
  step('changed', {name: 'between'}, {name: 'new', parts: ['a', 'b']}),
)

export const before: Record<string, State> = {changed: {name: 'old'}, removed: {name: 'was here'}}
export const after: Record<string, State> = {
  made: {name: 'made', size: 1},
  changed: {name: 'new', parts: ['a', 'b']},
}

/**
 * Things that are files of a folder. `at` is told each moment at which a process may be killed; a thing that is half written can be read,
 * as something that is neither before nor after.
 */
export function filedThings(folder: string, at: (moment: string) => void = () => {}): Resources {
  const fileOf = (one: Step) => join(folder, `${one.target}.thing`)
  return {
    thing: {
      read: async (one) => {
        if (!existsSync(fileOf(one))) return null
        const text = readFileSync(fileOf(one), 'utf8')
        return text.endsWith('\n') ? (JSON.parse(text) as State) : 'half written'
      },
      write: async (one, to) => {
        at(`before writing ${one.target}`)
        if (to === null) rmSync(fileOf(one), {force: true})
        else {
          const text = `${JSON.stringify(to)}\n`
          writeFileSync(fileOf(one), text.slice(0, 5))
          at(`while writing ${one.target}`)
          writeFileSync(fileOf(one), text)
        }
        at(`after writing ${one.target}`)
      },
    },
  }
}
