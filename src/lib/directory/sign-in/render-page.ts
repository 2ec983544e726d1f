/** What a page says: each value under its name; one that is undefined is left out. */
export type Values = Readonly<Record<string, string | number | undefined>>

/** A page of HTML that has nothing to click and nothing to run. */
export const renderPage = (title: string, values: Values): string =>
  [
    '<!doctype html>',
    '<html lang="en">',
    `<head><meta charset="utf-8"><title>${escapeHtml(title)}</title></head>`,
    `<body><h1>${escapeHtml(title)}</h1>`,
    '<dl>',
    ...Object.entries(values)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => `<dt>${escapeHtml(name)}</dt><dd>${escapeHtml(String(value))}</dd>`),
    '</dl></body></html>',
    '',
  ].join('\n')

const escaped: Readonly<Record<string, string>> = {'&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;'}

/** Text as it stands between tags and in quoted attributes. */
export const escapeHtml = (text: string): string => text.replaceAll(/[&<>"']/g, (character) => escaped[character] ?? '')
