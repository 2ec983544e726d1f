/** What matters of a web page to know whether it asks for a sign-in. */
export interface Page {
  readonly title?: string
  /** Whether a form of it asks for a password. */
  readonly asksPassword: boolean
  /** Whether it hands on a token: somebody is signed in already. */
  readonly carriesToken: boolean
  /** The form that a script sends by itself: all of it is hidden. */
  readonly automaticForm?: {readonly action: string; readonly fields: Readonly<Record<string, string>>}
  /** An error number of AD FS, as in MSIS7065. */
  readonly errorNumber?: string
}

const mostCharacters = 256 * 1024

/**
 * Reads the first 256 Ki characters of HTML as far as a probe needs it, in linear time; not a parser: what it does not understand it does
 * not see.
 */
export function readPage(html: string): Page {
  const visible = withoutComments(html.slice(0, mostCharacters))
  const forms = formsIn(visible).map(([tag, content]) => ({
    action: attribute(tag, 'action') ?? '',
    inputs: [...content.matchAll(/<input\b([^>]{0,8192})>/gi)].map(([, input = '']) => ({
      type: attribute(input, 'type')?.toLowerCase() ?? 'text',
      name: attribute(input, 'name') ?? '',
      value: attribute(input, 'value') ?? '',
    })),
  }))
  const inputs = forms.flatMap((form) => form.inputs)
  const [form] = forms
  const isAutomatic = forms.length === 1 && inputs.every(({type}) => type === 'hidden' || type === 'submit')
  const title = /<title[^>]{0,200}>([^<]{1,120})/i.exec(visible)?.[1]?.trim().replaceAll(/\s+/g, ' ')
  const errorNumber = /\bMSIS\d{3,5}\b/.exec(visible)?.[0]
  return {
    ...(title ? {title: decodeEntities(title)} : {}),
    ...(errorNumber === undefined ? {} : {errorNumber}),
    asksPassword: inputs.some(({type}) => type === 'password'),
    carriesToken: inputs.some(({name}) => name === 'wresult' || name === 'SAMLResponse'),
    ...(form !== undefined && isAutomatic ? {automaticForm: {action: form.action, fields: fieldsOf(form.inputs)}} : {}),
  }
}

const withoutComments = (html: string): string =>
  html
    .split('<!--')
    .map((part, index) =>
      index === 0 ? part : part.slice(part.indexOf('-->') < 0 ? part.length : part.indexOf('-->') + 3),
    )
    .join('')

/** Tag and content of each form that has an end. A pattern over the whole page would look at it again from every beginning. */
const formsIn = (html: string): (readonly [string, string])[] =>
  html
    .split(/<\/form\b/i)
    .slice(0, -1)
    .flatMap((part) => {
      const begin = /<form\b([^>]{0,8192})>/i.exec(part)
      return begin === null ? [] : [[begin[1] ?? '', part.slice(begin.index + begin[0].length)] as const]
    })

const fieldsOf = (inputs: readonly {name: string; value: string}[]): Record<string, string> =>
  Object.fromEntries(inputs.filter(({name}) => name !== '').map(({name, value}) => [name, value]))

function attribute(tag: string, name: string): string | undefined {
  const match = new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s"'>]+))`, 'i').exec(tag)
  const value = match?.[1] ?? match?.[2] ?? match?.[3]
  return value === undefined ? undefined : decodeEntities(value)
}

const entities = new Map(Object.entries({amp: '&', lt: '<', gt: '>', quot: '"', apos: "'"}))

const decodeEntities = (text: string): string =>
  text.replaceAll(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w+));/gi, (whole, hex, decimal, name) => {
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16)
    if (name !== undefined) return entities.get(name.toLowerCase()) ?? whole
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole
  })
