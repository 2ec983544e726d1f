// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const steering = /\u001b\[(?:31;1|32;1|0)m|[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g

/**
 * A text as a terminal may get it: what a directory or a file holds must not move the cursor, name the window or turn the reading
 * direction. Our own two colours, tabs and line ends stay.
 */
export const harmlessText = (text: string): string =>
  text.replaceAll(steering, (found) => (found.length > 1 ? found : '\ufffd'))
