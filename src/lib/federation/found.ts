import type {Finding} from '../model/finding.ts'

type Words = Omit<Finding, 'severity' | 'subject' | 'final'>

/** An error that --accept silences: the change could be made, and somebody may be locked out by it. */
export const error = (subject: string, words: Words): Finding => ({severity: 'error', subject, ...words})

/** An error that nothing silences: the directory would refuse the change, or the trust could not work. */
export const finalError = (subject: string, words: Words): Finding => ({
  severity: 'error',
  subject,
  ...words,
  final: true,
})

/** Something to know that stops nothing. */
export const warning = (subject: string, words: Words): Finding => ({severity: 'warning', subject, ...words})
