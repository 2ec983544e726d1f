import {FedctlError} from '../../errors/fedctl-error.ts'
import {DamagedValue} from './read-list.ts'

/**
 * What a failure means to a person who calls the store by this name: of a value that was read here, of the database otherwise. Anything
 * else is given back as it is.
 */
export const storeFailure = (
  error: unknown,
  name: string,
  databaseFailure: (error: unknown, name: string) => unknown,
): unknown =>
  error instanceof DamagedValue
    ? damagedStore(error, name, `is damaged: ${error.message}`)
    : databaseFailure(error, name)

/** A store that is left as it is, because something in it is not as this program writes it. */
export const damagedStore = (cause: unknown, name: string, what: string): FedctlError =>
  new FedctlError('StoreDamaged', `The store ${name} ${what}.`, {
    hints: ['It is left as it is: move it away, or bring back a copy of it.'],
    cause,
  })

/** A database that is readable and yet not a store this program can open. */
export const notOurStore = (name: string, why: string, hint: string): FedctlError =>
  new FedctlError('StoreDamaged', `The store ${name} ${why}.`, {hints: [hint]})

/** A store of a version that did not exist when this program was made. */
export const newerStore = (name: string): FedctlError =>
  notOurStore(name, 'was written by a newer version of fedctl', 'Use that version, or a copy from before it.')
