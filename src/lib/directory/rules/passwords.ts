import {GraphFailure} from './graph-failure.ts'

/** What a password is held against. */
export interface PasswordSetting {
  readonly userPrincipalName: string
  /** The user's passwordPolicies, as Graph writes them. */
  readonly passwordPolicies?: string | null
}

const classes = [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z0-9]/]

/**
 * Refuses a password that the service would: 8 to 256 characters, three of lower case, upper case, digits and others, and the name
 * before the @ not in it; with DisableStrongPassword only the length counts.
 */
export function checkPassword(password: string, {userPrincipalName, passwordPolicies}: PasswordSetting): void {
  const problem =
    lengthProblem(password) ?? (isStrong(passwordPolicies) ? strengthProblem(password, userPrincipalName) : undefined)
  if (problem === undefined) return
  throw new GraphFailure(
    400,
    'Request_BadRequest',
    `The specified password does not comply with password complexity requirements. Please provide a different password. ${problem}.`,
    [{code: 'InvalidPassword', target: 'passwordProfile'}],
  )
}

const isStrong = (policies: string | null | undefined): boolean => !(policies ?? '').includes('DisableStrongPassword')

const lengthProblem = (password: string): string | undefined =>
  password.length < 8 || password.length > 256 ? 'It needs 8 to 256 characters' : undefined

function strengthProblem(password: string, userPrincipalName: string): string | undefined {
  if (classes.filter((oneClass) => oneClass.test(password)).length < 3)
    return 'It needs three of lower case, upper case, digits and other characters'
  const name = userPrincipalName.slice(0, userPrincipalName.indexOf('@')).toLowerCase()
  return name.length > 2 && password.toLowerCase().includes(name) ? 'It contains the name of the user' : undefined
}

// 64 characters, none of which is easily taken for another; so every random byte gives one without bias.
const alphabet = 'abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789!#%+-.:'

/** A new password of 20 characters that every policy takes. */
export function newPassword(randomBytes: (size: number) => Uint8Array): string {
  for (;;) {
    const password = Array.from(randomBytes(20), (byte) => alphabet[byte % alphabet.length]).join('')
    if (classes.every((oneClass) => oneClass.test(password))) return password
  }
}
