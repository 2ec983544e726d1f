/**
 * A PowerShell string that is the text itself: nothing in it is expanded. The typographic quotation marks end a string just as the
 * straight one does, so all five are doubled.
 */
export const powerShellText = (text: string): string => `'${text.replaceAll(/['\u2018-\u201B]/g, '$&$&')}'`

/** A PowerShell array of strings, also of none or of one. */
export const powerShellList = (texts: readonly string[]): string => `@(${texts.map(powerShellText).join(', ')})`
