import type {Finding} from '../model/finding.ts'
import {readImmutableId} from '../model/immutable-id.ts'

/**
 * What looks wrong with an immutable id that is about to be set. The identity provider sends base64 of 16 bytes as a rule; the text of a
 * GUID instead is the classic mistake. Only warnings: an identity provider may send anything.
 */
export function findImmutableIdProblems(
  userPrincipalName: string,
  immutableId: string | null | undefined,
): readonly Finding[] {
  if (immutableId === undefined || immutableId === null || immutableId === '') return []
  const reading = readImmutableId(immutableId)
  const [read] = reading.ok ? reading.value : []
  if (read?.readAs === 'base64') return []
  const finding = {severity: 'warning', code: 'ImmutableIdUnusual', subject: userPrincipalName} as const
  if (read === undefined)
    return [
      {
        ...finding,
        message: `"${immutableId}" is not base64 of 16 bytes, as identity providers send it.`,
        hint: 'Make sure that yours sends just this.',
      },
    ]
  return [
    {
      ...finding,
      message: `"${immutableId}" is the ${read.readAs} form; identity providers send base64: ${read.immutableId}`,
      hint: `Set that instead: fedctl set-user ${userPrincipalName} --immutable-id ${read.immutableId}`,
    },
  ]
}
