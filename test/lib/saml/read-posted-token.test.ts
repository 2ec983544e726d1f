import {describe, expect, test} from '@jest/globals'
import {readPostedToken} from '../../../src/lib/saml/read-posted-token.ts'

const xml = '<t:R xmlns:t="urn:t" c="a&amp;b">é &lt; \'"</t:R>'
const base64 = Buffer.from(xml).toString('base64')
const escaped = xml.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&#34;').replaceAll("'", '&#x27;')

describe('readPostedToken finds the token in', () => {
  test.each([
    ['XML', xml, undefined],
    ['XML after a byte order mark and blanks', `\uFEFF\n ${xml}`, undefined],
    ['base64 in lines', base64.replaceAll(/.{20}/g, '$&\r\n'), undefined],
    [
      'a page',
      `<!DOCTYPE html><html><form><INPUT type=hidden value="${escaped}" name='wresult'></form></html>`,
      'WsFed',
    ],
    ['a page with base64', `<html><input name="SAMLResponse" value="${base64}"/></html>`, 'Samlp'],
    ['fields in JSON', JSON.stringify({action: 'x', fields: {wa: 'wsignin1.0', wresult: xml}}), 'WsFed'],
    ['JSON of the fields', JSON.stringify({SAMLResponse: base64}), 'Samlp'],
  ])('%s', (_what, content, protocol) => {
    expect(readPostedToken(content)).toEqual({text: xml, ...(protocol && {protocol})})
  })

  test.each(['', '{', '{"fields": 1}', 'null', '<html><input name="wresult"></html>', 'not a token'])(
    'nothing in %j, which is left to the judge',
    (content) => {
      expect(readPostedToken(content)).toEqual({text: content})
    },
  )

  test('a page of a mebibyte in no time', () => {
    const start = performance.now()
    readPostedToken(`<html>${'<input '.repeat(140_000)}`)
    readPostedToken(`<html><input ${'a='.repeat(500_000)}`)
    expect(performance.now() - start).toBeLessThan(2_000)
  })
})
