import type {Interfaces} from '@oclif/core'
import * as Args from '@oclif/core/args'

/** An argument that can also be given by name: the main object of a command. */
export interface Identity {
  readonly givenAs: readonly string[]
  readonly mustBeGiven: boolean
}

interface IdentityOptions<Value> {
  readonly description: string
  /** The flags that give the same value by name. */
  readonly givenAs: readonly string[]
  readonly parse: (text: string) => Value
}

/** The main object, which may be left out (a listing). */
export const optionalIdentity = <Value>({
  description,
  givenAs,
  parse,
}: IdentityOptions<Value>): Interfaces.Arg<Value | undefined> =>
  Object.assign(Args.custom<Value>({description, ignoreStdin: true, parse: async (text) => parse(text)})(), {
    givenAs,
    mustBeGiven: false,
  })

/** The main object, which must be given, with or without its name. oclif sees it as optional: it may come as a flag. */
export const requiredIdentity = <Value>({description, givenAs, parse}: IdentityOptions<Value>): Interfaces.Arg<Value> =>
  Object.assign(
    Args.custom<Value>({description, ignoreStdin: true, parse: async (text) => parse(text)})({required: true}),
    {
      required: false,
      givenAs,
      mustBeGiven: true,
    },
  )

/** Whether an argument of a command is its main object. */
export const isIdentity = (argument: object): argument is Identity => 'givenAs' in argument
