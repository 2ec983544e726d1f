/** How somebody has signed in, as sessions say it, in the words of tokens (amr). */
export const methodsOf = ({
  authenticationMethod,
  isMultiFactor,
}: {
  readonly authenticationMethod: string | null
  readonly isMultiFactor: number | boolean
}): readonly string[] => [authenticationMethod === 'pwd' ? 'pwd' : 'fed', ...(isMultiFactor ? ['mfa'] : [])]
