import {FedctlError} from '../errors/fedctl-error.ts'
import type {Transport} from '../http/transport.ts'
import type {HttpRequest, HttpResponse} from '../model/http-message.ts'
import {xml} from '../xml/write-xml.ts'
import {names} from './metadata-names.ts'
import {type Page, readPage} from './read-page.ts'
import {relyingPartyIdentifier} from './relying-party.ts'

/** Where a provider is asked whether it knows the directory. */
export interface ProbeOptions {
  readonly passiveLogOnUri: string
  readonly transport: Transport
  /** Ask by SAML 2.0, with a request of this id (a letter or _ first) and time; else by WS-Federation. */
  readonly saml?: {readonly requestId: string; readonly now: Date} | undefined
}

const mostSteps = 6

/**
 * Whether a provider signs users in to the directory: undefined when it does, else one sentence that says what it did
 * instead. It does when the request a browser would bring is answered with a form that asks for a password, or with a token. A page of
 * another kind is not ready whatever its status: SimpleSAMLphp says with 200 that it does not know the realm. Redirects and forms that
 * send themselves are followed on the same host, with the cookies it sets.
 */
export async function probeRelyingParty({passiveLogOnUri, transport, saml}: ProbeOptions): Promise<string | undefined> {
  const start = URL.parse(passiveLogOnUri)
  if (start === null) return `The passive address "${passiveLogOnUri}" is no URL.`
  let next = saml === undefined ? askByWsFederation(start) : askBySaml(start, saml)
  const cookies = new Map<string, string>()
  for (let step = 0; step < mostSteps; step += 1) {
    const response = await ask(transport, next, cookies)
    if (typeof response === 'string') return response
    const verdict = judge(response, next.url)
    if (verdict === 'ready') return undefined
    if (typeof verdict === 'string') return verdict
    const {protocol, hostname, origin} = new URL(verdict.url)
    if (hostname !== start.hostname || (start.protocol === 'https:' && protocol !== start.protocol))
      return `${start.host} sends the browser on to ${origin}, which is not asked.`
    next = verdict
  }
  return `${start.host} sent the browser round ${mostSteps} times and showed no sign-in form.`
}

type Next = Pick<HttpRequest, 'method' | 'url' | 'body'>

/** A sign-in request of WS-Federation 1.2, 13.2.2. */
function askByWsFederation(address: URL): Next {
  const url = new URL(address)
  for (const [name, value] of Object.entries({wa: 'wsignin1.0', wtrealm: relyingPartyIdentifier, wctx: 'fedctl'})) {
    url.searchParams.set(name, value)
  }
  return {method: 'GET', url: url.href}
}

/** An authentication request by the POST binding (SAML 2.0 bindings, 3.5), as the directory sends it: unsigned, for a persistent name identifier. */
function askBySaml({href}: URL, {requestId, now}: {requestId: string; now: Date}): Next {
  const request = xml`<samlp:AuthnRequest xmlns:samlp="${names.samlProtocol}" ID="${requestId}" Version="2.0" IssueInstant="${now.toISOString()}"><saml:Issuer xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">${relyingPartyIdentifier}</saml:Issuer><samlp:NameIDPolicy Format="urn:oasis:names:tc:SAML:2.0:nameid-format:persistent"/></samlp:AuthnRequest>`
  const fields = {SAMLRequest: Buffer.from(request.markup).toString('base64'), RelayState: 'fedctl'}
  return {method: 'POST', url: href, body: `${new URLSearchParams(fields)}`}
}

function judge({status, headers, body}: HttpResponse, url: string): Next | string {
  const {location} = headers
  const {host} = new URL(url)
  if (status >= 300 && status < 400 && location !== undefined) {
    const target = URL.parse(location, url)
    return target === null
      ? `${host} redirects to "${location}", which is no address.`
      : {method: 'GET', url: target.href}
  }
  if (status !== 200) return `${host} answered the sign-in request with status ${status}${quoted(readPage(body))}.`
  const page = readPage(body)
  if (page.asksPassword || page.carriesToken) return 'ready'
  const target = page.automaticForm === undefined ? null : URL.parse(page.automaticForm.action, url)
  if (page.automaticForm !== undefined && target !== null) {
    return {method: 'POST', url: target.href, body: `${new URLSearchParams(page.automaticForm.fields)}`}
  }
  return `${host} answered the sign-in request with a page that asks for no password${quoted(page)}; it may not know ${relyingPartyIdentifier} yet.`
}

function quoted({title, errorNumber}: Page): string {
  const words = [title === undefined ? undefined : `"${title}"`, errorNumber].filter((word) => word !== undefined)
  return words.length === 0 ? '' : ` (${words.join(', ')})`
}

async function ask(transport: Transport, request: Next, cookies: Map<string, string>): Promise<HttpResponse | string> {
  const cookie = [...cookies].map((pair) => pair.join('=')).join('; ')
  try {
    const response = await transport({
      ...request,
      headers: {
        accept: 'text/html',
        'accept-language': 'en',
        'user-agent': 'fedctl',
        ...(cookie === '' ? {} : {cookie}),
        ...(request.body === undefined ? {} : {'content-type': 'application/x-www-form-urlencoded'}),
      },
    })
    for (const [name, value] of readCookies(response.headers['set-cookie'] ?? '')) cookies.set(name, value)
    return response
  } catch (error) {
    if (error instanceof FedctlError && error.code === 'Unreachable') return error.message
    throw error
  }
}

/** Several cookies come in one line with commas between; a comma inside a date is not followed by a name and an equals sign. */
const readCookies = (line: string): (readonly [string, string])[] =>
  line.split(/,(?=\s*[^\s;,=]+=)/).flatMap((cookie) => {
    const [, name, value] = /^\s*([^\s;,=]+)=([^;]*)/.exec(cookie) ?? []
    return name === undefined || value === undefined ? [] : [[name, value] as const]
  })
