import {X509Certificate} from 'node:crypto'
import {describe, expect, test} from '@jest/globals'
import {SignedXml} from 'xml-crypto'
import {verifySignature} from '../../../src/lib/xml/verify-signature.ts'
import {tokenLimits} from '../../../src/lib/xml/xml-limits.ts'
import {textOf} from '../../../src/lib/xml/xml-tree.ts'
import {rsaKey, signingIdentity} from '../../parts/signing-identity.ts'

const key = rsaKey()
const certificateOf = async (privateKey: string) =>
  new X509Certificate((await signingIdentity(privateKey)).certificate.der)
const certificate = await certificateOf(key)
const another = await certificateOf(rsaKey())
const weak = await certificateOf(rsaKey(1024))
const digest = 'http://www.w3.org/2001/04/xmlenc#sha256'
const exclusive = 'http://www.w3.org/2001/10/xml-exc-c14n#'
const enveloped = 'http://www.w3.org/2000/09/xmldsig#enveloped-signature'

interface Deviation {
  readonly signatureAlgorithm?: string
  readonly transforms?: readonly string[]
  readonly twice?: boolean
}

function signed(
  text: string,
  {signatureAlgorithm, transforms = [enveloped, exclusive], twice}: Deviation = {},
): string {
  const signer = new SignedXml({
    privateKey: key,
    publicCert: certificate.toString(),
    canonicalizationAlgorithm: exclusive,
    signatureAlgorithm: signatureAlgorithm ?? 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
  })
  for (const _ of twice ? [1, 2] : [1]) signer.addReference({xpath: '/*', transforms, digestAlgorithm: digest})
  signer.computeSignature(text, {location: {reference: '/*', action: 'prepend'}})
  return signer.getSignedXml()
}

const verify = (text: string, by = certificate) => verifySignature(text, {certificate: by, limits: tokenLimits})

describe('verifySignature', () => {
  const good = signed('<m xmlns="urn:m" ID="_1"><a>1</a><!-- not signed --></m>')

  test('gives the root as it was signed', async () => {
    const root = await verify(`\uFEFF<?xml version="1.0"?>\n${good}`)
    expect(root.ok && textOf(root.value)).toBe('1')
    expect(root.ok && root.value.getElementsByTagName('Signature').length).toBe(0)
  })

  test('reads an end tag with white space as the end of its element', async () => {
    const root = await verify(signed('<m xmlns="urn:m" ID="_1"><a>1</a><a>2</a></m>').replace('2</a>', '2</a\n >'))
    expect(root.ok && textOf(root.value)).toBe('12')
  })

  test.each([
    ['another key', good, another, 'not made with the key'],
    ['a weak key', good, weak, '2048 bits'],
  ])('refuses %s', async (_what, text, by, problem) => {
    expect(await verify(text, by)).toEqual({ok: false, problem: expect.stringContaining(problem)})
  })

  test.each([
    ['no signature', '<m xmlns="urn:m" ID="_1"/>', 'not signed'],
    ['changed content', good.replace('<a>1</a>', '<a>2</a>'), 'not what was signed'],
    ['a signature that signs the child it wraps', `<m xmlns="urn:m" ID="_2">${good}</m>`, 'not a direct child'],
    ['an id that another element has too', good.replace('<a>', '<a Id="_1">'), 'there twice'],
    ['a reference to another element', good.replace('ID="_1"', 'ID="_2"').replace('<a>', '<a ID="_1">'), 'not refer'],
    ['two signatures', good.replace('<a>', `${/<Signature.*<\/Signature>/s.exec(good)?.[0]}<a>`), 'more than one'],
    ['two references', signed('<m xmlns="urn:m" ID="_1"/>', {twice: true}), 'another SignedInfo'],
    ['one transform alone', signed('<m xmlns="urn:m" ID="_1"/>', {transforms: [enveloped]}), 'other transforms'],
    [
      'inclusive canonicalization',
      good.replace(`${exclusive}"/>`, 'http://www.w3.org/TR/2001/REC-xml-c14n-20010315"/>'),
      'canonicalized in another way',
    ],
    [
      'SHA-1',
      signed('<m xmlns="urn:m" ID="_1"/>', {signatureAlgorithm: 'http://www.w3.org/2000/09/xmldsig#rsa-sha1'}),
      'not accepted',
    ],
    ['a comment in the digest', good.replace('<DigestValue>', '<DigestValue><!--x-->'), 'a comment'],
    ['an object', good.replace('</Signature>', '<Object/></Signature>'), 'another Signature'],
  ])('refuses %s', async (_what, text, problem) => {
    expect(await verify(text)).toEqual({ok: false, problem: expect.stringContaining(problem)})
  })

  test('counts before it computes', async () => {
    const many = good.replace(/<Transforms>.*<\/Transforms>/, (one) =>
      one.replace('</Transforms>', `${`<Transform Algorithm="${exclusive}"/>`.repeat(800)}</Transforms>`),
    )
    const start = performance.now()
    expect(await verify(many)).toMatchObject({ok: false})
    expect(performance.now() - start).toBeLessThan(500)
  })
})
