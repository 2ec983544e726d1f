/** The form under which texts are compared when case does not matter; the store knows it as the SQL function `fold`. */
export const fold = (text: string): string => text.normalize('NFC').toLowerCase()
