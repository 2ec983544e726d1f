import type {Command, Interfaces} from '@oclif/core'

type CamelCase<Name extends string> = Name extends `${infer Head}-${infer Tail}`
  ? `${Head}${Capitalize<CamelCase<Tail>>}`
  : Name
type CamelCased<Given> = {[Name in keyof Given as Name extends string ? CamelCase<Name> : never]: Given[Name]}

/** What `records()` of a command gets: its flags and arguments, parsed, under their names in camelCase; an argument that is also a flag once. */
export type CommandParameters<Class extends typeof Command> = Omit<
  CamelCased<Interfaces.InferredFlags<Class['flags']>>,
  keyof ArgumentsOf<Class>
> &
  ArgumentsOf<Class> & {readonly profile?: string; readonly asGraph?: boolean}

/** None for a command that says nothing of arguments: what it inherits could have any name. */
type ArgumentsOf<Class extends typeof Command> = [keyof Class['args']] extends [never]
  ? unknown
  : Interfaces.InferredArgs<Class['args']>

/** domain-name → domainName */
export const toCamelCase = (name: string): string =>
  name.replaceAll(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())

/** userPrincipalName → user-principal-name */
export const toKebabCase = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
