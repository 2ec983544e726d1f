/** What reading a text as a value gives: the value, or what is wrong with the text (a clause that follows "is not …: "). */
export type Reading<T> = {readonly ok: true; readonly value: T} | {readonly ok: false; readonly problem: string}

/** A reading that gave a value. */
export const good = <T>(value: T): Reading<T> => ({ok: true, value})
/** A reading that gave none, and why. */
export const bad = (problem: string): Reading<never> => ({ok: false, problem})
