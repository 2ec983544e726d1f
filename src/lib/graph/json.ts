import {FedctlError} from '../errors/fedctl-error.ts'

/** A JSON object whose properties are not yet known to be of any type. */
export type Json = Readonly<Record<string, unknown>>

/** Reads what an answer must be: an object. Anything else is not an answer of this service. */
export function object(value: unknown, what: string): Json {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Json
  throw new FedctlError('ServiceFailure', `The directory sent something that is not ${what}.`)
}

/** A property that must be text. */
export function text(json: Json, name: string): string {
  const value = json[name]
  if (typeof value === 'string') return value
  throw new FedctlError('ServiceFailure', `The directory sent an object without the property ${name}.`)
}

/** A property that may be text. */
export const optionalText = (json: Json, name: string): string | undefined => {
  const value = json[name]
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** A property that is a list of texts; absent is empty. */
export function texts(json: Json, name: string): readonly string[] {
  const value = json[name]
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : []
}

/** A property that is true or false; anything else is false. */
export const flag = (json: Json, name: string): boolean => json[name] === true

/** A property that may be true or false. */
export const optionalFlag = (json: Json, name: string): boolean | undefined => {
  const value = json[name]
  return typeof value === 'boolean' ? value : undefined
}

/** Leaves out what is undefined, so that an optional property is absent and not there with no value. */
export function present<Value extends object>(value: Value): {[Name in keyof Value]: Exclude<Value[Name], undefined>} {
  return Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined)) as never
}
