import {decodeHtml} from './decode-html.ts'

/** The text of a token, and as what it was posted where that is seen. */
export interface PostedToken {
  readonly text: string
  readonly protocol?: 'WsFed' | 'Samlp'
}

/**
 * Finds the token in what people keep of a sign-in: the XML itself, its base64 as SAMLResponse has it, the page with the form that posts
 * it, or JSON with the fields of the form. What is none of these is given on as it is; the judge says what is wrong with it.
 */
export function readPostedToken(content: string): PostedToken {
  const text = content.replace(/^\uFEFF/, '').trimStart()
  if (text.startsWith('{')) return fromFields(fieldsOfJson(text)) ?? {text}
  if (/^<(!doctype\s+html|html|form|head|body)[\s>]/i.test(text)) return fromFields(fieldsOfPage(text)) ?? {text}
  return text.startsWith('<') ? {text} : {text: fromBase64(text) ?? text}
}

function fromFields(fields: ReadonlyMap<string, string>): PostedToken | undefined {
  const [wresult, response] = [fields.get('wresult'), fields.get('SAMLResponse')]
  if (wresult !== undefined) return {text: wresult, protocol: 'WsFed'}
  return response === undefined ? undefined : {text: fromBase64(response) ?? response, protocol: 'Samlp'}
}

function fieldsOfJson(text: string): ReadonlyMap<string, string> {
  try {
    const value: unknown = JSON.parse(text)
    const fields = Object(value).fields ?? value
    return new Map(
      Object.entries(Object(fields)).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
    )
  } catch {
    return new Map()
  }
}

function fieldsOfPage(page: string): ReadonlyMap<string, string> {
  const fields = new Map<string, string>()
  for (const [, written = ''] of page.matchAll(/<input\s((?:[^<>"']|"[^"]*"|'[^']*')*)>/gi)) {
    const attributes = new Map<string, string>()
    for (const [, name = '', double, single, bare] of written.matchAll(
      /([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/g,
    )) {
      attributes.set(name.toLowerCase(), decodeHtml(double ?? single ?? bare ?? ''))
    }
    const [name, value] = [attributes.get('name'), attributes.get('value')]
    if (name !== undefined && value !== undefined) fields.set(name, value)
  }
  return fields
}

function fromBase64(text: string): string | undefined {
  const packed = text.replaceAll(/\s/g, '')
  if (packed === '' || !/^[A-Za-z0-9+/]+={0,2}$/.test(packed)) return undefined
  const bytes = Buffer.from(packed, 'base64')
  try {
    return new TextDecoder('utf-8', {fatal: true}).decode(bytes)
  } catch {
    return undefined
  }
}
