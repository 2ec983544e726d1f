const written = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(?:Z|\+00:00)$/

/** A time as SAML writes it (core 1.3.3: xs:dateTime in UTC); undefined for anything else, also for a day that no calendar has. */
export function readInstant(text: string | undefined): Date | undefined {
  const [, seconds, fraction = ''] = written.exec(text ?? '') ?? []
  if (seconds === undefined) return undefined
  const instant = new Date(`${seconds}.${fraction.slice(0, 3).padEnd(3, '0')}Z`)
  // A month of 30 days has no 31st, whatever Date makes of it.
  const isReal = !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(seconds)
  return isReal ? instant : undefined
}
