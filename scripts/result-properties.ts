import type {Command} from '@oclif/core'
import {createContext, type Parts} from '../src/cli/context.ts'
import {inContext} from '../src/cli/current-context.ts'
import {oclifConfig} from '../src/cli/oclif-config.ts'

/** The properties that the records of a command have: what its view names. */
export function propertiesOf(Class: typeof Command): readonly string[] {
  const parts = {folders: {data: '', config: ''}, environment: {}} as unknown as Parts
  let properties: readonly string[] = []
  void inContext(createContext(parts), async () => {
    const command = new (
      Class as unknown as new (
        argv: string[],
        config: object,
      ) => {view: {properties: readonly {name: string}[]}}
    )([], oclifConfig)
    properties = command.view.properties.map(({name}) => name)
  })
  return properties
}
