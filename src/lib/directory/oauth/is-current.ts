import type {StoredUser} from '../store/users.ts'

/** Whether what a user did at a time still counts: nothing was revoked after it, to the second. */
export const isCurrent = ({signInSessionsValidFromDateTime: since}: StoredUser, dateTime: string): boolean =>
  since === null || Date.parse(since) <= Date.parse(dateTime)
