import type {HttpExchange, HttpRequest, HttpResponse} from '../../src/lib/model/http-message.ts'
import {decodeHtml} from '../../src/lib/saml/decode-html.ts'

/** A page as a person has it in front of them. */
export interface Page extends HttpResponse {
  /** What the form would send when nothing is filled in, the buttons left out. */
  readonly fields: Readonly<Record<string, string>>
  readonly action: string
  /** Where a redirection or a link leads. */
  readonly leadsTo: string
}

/** A browser that keeps cookies and fills in forms; it follows nothing by itself. */
export interface TestBrowser {
  readonly cookies: Map<string, string>
  go(path: string): Promise<Page>
  /** Fills in the form of a page and sends it. */
  submit(page: Page, filled: Readonly<Record<string, string>>): Promise<Page>
  post(path: string, fields: Readonly<Record<string, string>>): Promise<Page>
}

/** `directory` is a directory in this process, or whatever leads to one; `host` is where paths are. */
export function openBrowser(
  {directory}: {directory: {fetch: HttpExchange}},
  remoteAddress = '192.0.2.1',
  host = 'https://directory.test',
): TestBrowser {
  const cookies = new Map<string, string>()
  const ask = async (request: Pick<HttpRequest, 'method' | 'url' | 'body'>): Promise<Page> => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const headers = {
      ...(cookie !== '' && {cookie}),
      ...(request.body !== undefined && {'content-type': 'application/x-www-form-urlencoded'}),
    }
    const response = await directory.fetch({...request, headers, remoteAddress})
    for (const set of [...(response.cookies ?? []), ...[response.headers['set-cookie'] ?? []].flat()]) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? []
      if (/Max-Age=0/.test(set)) cookies.delete(name)
      else cookies.set(name, value)
    }
    return toPage(response)
  }
  const at = (path: string): string => (path.startsWith('/') ? `${host}${path}` : path)
  const browser: TestBrowser = {
    cookies,
    go: (path) => ask({method: 'GET', url: at(path)}),
    post: (path, fields) => ask({method: 'POST', url: at(path), body: new URLSearchParams(fields).toString()}),
    submit: (page, filled) => browser.post(page.action, {...page.fields, ...filled}),
  }
  return browser
}

function toPage(response: HttpResponse): Page {
  const read = (tag: string, name: string): string => decodeHtml(new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1] ?? '')
  const inputs = [...response.body.matchAll(/<input [^>]*>/g)].map(([tag]) => [read(tag, 'name'), read(tag, 'value')])
  const link = /<a href="([^"]*)"/.exec(response.body)?.[1]
  return {
    ...response,
    fields: Object.fromEntries(inputs) as Record<string, string>,
    action: read(/<form [^>]*>/.exec(response.body)?.[0] ?? '', 'action'),
    leadsTo: response.headers['location'] ?? decodeHtml(link ?? ''),
  }
}
