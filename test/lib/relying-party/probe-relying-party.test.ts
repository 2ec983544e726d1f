import {mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, describe, expect, test} from '@jest/globals'
import {FedctlError} from '../../../src/lib/errors/fedctl-error.ts'
import type {Transport} from '../../../src/lib/http/transport.ts'
import type {HttpRequest, HttpResponse} from '../../../src/lib/model/http-message.ts'
import {fetchMetadata} from '../../../src/lib/relying-party/fetch-metadata.ts'
import {probeRelyingParty} from '../../../src/lib/relying-party/probe-relying-party.ts'
import {readPage} from '../../../src/lib/relying-party/read-page.ts'
import {parseXml} from '../../../src/lib/xml/parse-xml.ts'
import {tokenLimits} from '../../../src/lib/xml/xml-limits.ts'
import {textOf} from '../../../src/lib/xml/xml-tree.ts'

/** A host that answers each request with the next answer, and remembers what it was asked. */
function host(...answers: readonly Partial<HttpResponse>[]): {transport: Transport; asked: HttpRequest[]} {
  const asked: HttpRequest[] = []
  const transport: Transport = async (request) => {
    const answer = answers[Math.min(asked.length, answers.length - 1)]
    asked.push(request)
    return {status: 200, headers: {}, body: '', ...answer}
  }
  return {transport, asked}
}

const passiveLogOnUri = 'https://sts.contoso.com/adfs/ls/?brand=1'
const signInForm = '<html><form action="/x"><input name=user><input type="password" name="p"></form></html>'
const probe = ({transport}: {transport: Transport}) => probeRelyingParty({passiveLogOnUri, transport})

describe('probeRelyingParty', () => {
  test('a form that asks for a password is ready; it is asked as a browser would be sent', async () => {
    const sts = host({body: signInForm})
    expect(await probe(sts)).toBeUndefined()
    expect(sts.asked.map(({url}) => url)).toEqual([
      'https://sts.contoso.com/adfs/ls/?brand=1&wa=wsignin1.0&wtrealm=urn%3Afederation%3AMicrosoftOnline&wctx=fedctl',
    ])
  })

  test('by SAML a request is posted that any provider can read', async () => {
    const idp = host({body: signInForm})
    const saml = {requestId: '_1', now: new Date('2026-11-21T12:00:00Z')}
    expect(await probeRelyingParty({passiveLogOnUri, transport: idp.transport, saml})).toBeUndefined()
    const [asked] = idp.asked
    expect([asked?.method, asked?.url]).toEqual(['POST', passiveLogOnUri])
    expect(asked?.headers['content-type']).toBe('application/x-www-form-urlencoded')
    const request = Buffer.from(new URLSearchParams(asked?.body).get('SAMLRequest') ?? '', 'base64').toString()
    const root = parseXml(request, tokenLimits)
    expect(root.ok && [root.value.getAttribute('ID'), textOf(root.value)]).toEqual([
      '_1',
      'urn:federation:MicrosoftOnline',
    ])
  })

  test('so is a token for somebody who is signed in already', async () => {
    const body = '<form method="post"><input type="hidden" name="wresult" value="&lt;t:x/>"></form>'
    expect(await probe(host({body}))).toBeUndefined()
  })

  test('redirects and forms that send themselves are followed on the same host, with its cookies', async () => {
    const sts = host(
      {
        status: 302,
        headers: {location: '../login?a=1', 'set-cookie': 'A=1; Expires=Thu, 01 Jan 2027 00:00:00 GMT; Path=/, B=2'},
      },
      {
        body: '<body onload="f()"><form action="next?x=1&amp;y=2"><input type="hidden" name="s" value="a &amp; b"></form>',
      },
      {body: signInForm},
    )
    expect(await probe(sts)).toBeUndefined()
    expect(sts.asked.slice(1).map(({method, url, body, headers}) => [method, url, body, headers['cookie']])).toEqual([
      ['GET', 'https://sts.contoso.com/adfs/login?a=1', undefined, 'A=1; B=2'],
      ['POST', 'https://sts.contoso.com/adfs/next?x=1&y=2', 's=a+%26+b', 'A=1; B=2'],
    ])
  })

  test.each([
    [
      'an error page with status 200',
      {body: '<title>Error</title><form><input name="email"></form>'},
      'sts.contoso.com answered the sign-in request with a page that asks for no password ("Error"); it may not know urn:federation:MicrosoftOnline yet.',
    ],
    ['an error page of AD FS', {body: '<title>Error</title>MSIS7007: unknown'}, '("Error", MSIS7007)'],
    ['a password form that is only a comment', {body: `<!-- ${signInForm} -->`}, 'asks for no password'],
    ['another status, even with a form', {status: 500, body: signInForm}, 'with status 500'],
    ['Windows sign-in', {status: 401}, 'with status 401'],
    [
      'a redirect to another host',
      {status: 302, headers: {location: 'https://evil.example/'}},
      'sends the browser on to https://evil.example',
    ],
    ['a redirect to nowhere', {status: 302, headers: {location: 'https://'}}, 'no address'],
    [
      'a redirect to the same host without https',
      {status: 302, headers: {location: 'http://sts.contoso.com/'}},
      'sends the browser on to http://sts.contoso.com',
    ],
    ['redirects without an end', {status: 302, headers: {location: '/'}}, '6 times'],
  ])('not ready: %s', async (_what, answer, sentence) => {
    expect(await probe(host(answer))).toContain(sentence)
  })

  test('only the beginning of a page is read, and forms without an end are none', () => {
    const form = '<form><input type="password"></form>'
    expect(readPage(form).asksPassword).toBe(true)
    expect(readPage(' '.repeat(256 * 1024) + form).asksPassword).toBe(false)
    expect(readPage('<form><input type="password">').asksPassword).toBe(false)
    expect(readPage(`<!-- ${form}`).asksPassword).toBe(false)
  })

  test('no answer is a sentence, too; a bug of ours is not', async () => {
    const silent = async () => {
      throw new FedctlError('Unreachable', 'sts.contoso.com did not answer.')
    }
    expect(await probe({transport: silent})).toBe('sts.contoso.com did not answer.')
    const broken = async () => {
      throw new TypeError('bug')
    }
    await expect(probe({transport: broken})).rejects.toThrow('bug')
    expect(await probeRelyingParty({passiveLogOnUri: 'sts', transport: silent})).toBe(
      'The passive address "sts" is no URL.',
    )
  })
})

describe('fetchMetadata', () => {
  const folder = mkdtempSync(join(tmpdir(), 'fedctl-'))
  afterAll(() => rmSync(folder, {recursive: true}))
  const nobody = {...host({status: 404}), allowHttp: false}

  test('reads files, also as Windows PowerShell writes them', async () => {
    const file = join(folder, 'metadata.xml')
    writeFileSync(file, Buffer.from('\uFEFF<a>é</a>', 'utf16le'))
    expect(await fetchMetadata(file, nobody)).toBe('<a>é</a>')
    writeFileSync(file, '<a>é</a>')
    expect(await fetchMetadata(file, nobody)).toBe('<a>é</a>')
  })

  test('gets https addresses, http only where it is allowed', async () => {
    const sts = host({body: '<a/>'})
    expect(await fetchMetadata('https://sts.contoso.com/m', {...sts, allowHttp: false})).toBe('<a/>')
    expect(await fetchMetadata('http://127.0.0.1/m', {...sts, allowHttp: true})).toBe('<a/>')
    await expect(fetchMetadata('http://127.0.0.1/m', {...sts, allowHttp: false})).rejects.toMatchObject({code: 'Usage'})
    expect(sts.asked.length).toBe(2)
  })

  test.each([
    ['a missing file', join(folder, 'no.xml'), 'FileMissing'],
    ['a directory', folder, 'FileUnreadable'],
    ['another status', 'https://sts.contoso.com/m', 'ServiceFailure'],
    ['no URL', 'https://', 'ValueMalformed'],
  ])('refuses %s', async (_what, source, code) => {
    await expect(fetchMetadata(source, nobody)).rejects.toMatchObject({code})
  })

  test('a redirect is not followed; the hint says where it leads', async () => {
    const moved = {...host({status: 301, headers: {location: 'https://other.example/m'}}), allowHttp: false}
    await expect(fetchMetadata('https://sts.contoso.com/m', moved)).rejects.toMatchObject({
      hints: ['It points to https://other.example/m: give that address if it is yours.'],
    })
    expect(moved.asked.length).toBe(1)
  })
})
