import {FedctlError} from '../../lib/errors/fedctl-error.ts'
import type {View, ViewProperty} from '../views/view.ts'

/** The properties that `--property` names, in its order and in any case; `*` is all that are not shown on request only. */
export function selectProperties(view: View, wanted: string): readonly ViewProperty[] {
  const names = wanted
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')
  if (names.length === 0) throw new FedctlError('Usage', '--property names no property.')
  return names.flatMap((name) =>
    name === '*' ? view.properties.filter(({onRequest}) => onRequest !== true) : [find(view, name)],
  )
}

function find({properties}: View, wanted: string): ViewProperty {
  const found = properties.find(({name}) => name.toLowerCase() === wanted.toLowerCase())
  if (found !== undefined) return found
  throw new FedctlError('Usage', `There is no property "${wanted}".`, {
    hints: [`There are: ${properties.map(({name}) => name).join(', ')}.`],
  })
}
