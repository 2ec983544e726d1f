import {viewOf} from './view.ts'

/** A password that was made up, shown once. */
export interface GeneratedPassword {
  readonly userPrincipalName: string
  readonly password?: string
}

export const generatedPasswordView = viewOf<GeneratedPassword>(['userPrincipalName', 'password'])
