const written = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(\.\d{1,9})?Z$/

/** A time as SAML writes it (core 1.3.3: xs:dateTime in UTC); undefined for anything else, also for a day that no calendar has. */
export function readInstant(text: string | undefined): Date | undefined {
  if (text === undefined || !written.test(text)) return undefined
  const instant = new Date(text.replace(/\.(\d{1,3})\d*Z$/, '.$1Z'))
  // A month of 30 days has no 31st, whatever Date makes of it.
  return !Number.isNaN(instant.getTime()) && instant.toISOString().slice(0, 19) === text.slice(0, 19)
    ? instant
    : undefined
}
