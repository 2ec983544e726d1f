import {describe, expect, test} from '@jest/globals'
import fc from 'fast-check'
import {parseXml} from '../../../src/lib/xml/parse-xml.ts'
import {type Xml, xml} from '../../../src/lib/xml/write-xml.ts'
import {tokenLimits} from '../../../src/lib/xml/xml-limits.ts'
import {attributeOf, childElements, textOf} from '../../../src/lib/xml/xml-tree.ts'

const limits = {...tokenLimits, bytes: 2_000, depth: 5, elements: 20, attributes: 9, attributesPerElement: 3}

describe('parseXml', () => {
  test.each([
    ['a document with a declaration', '<?xml version="1.0" encoding="utf-8"?>\n<a><b/></a>'],
    ['a byte order mark', '\uFEFF<?xml version="1.0"?><a/>'],
    ['a > inside an attribute and a comment', '<a b="x>y"><!-- <c> --></a>'],
    ['all that need not be escaped', '<a b="/ ]]> &lt;&#9;&#xA;"><![CDATA[& ]] ]>]]><!-- & ]]> --> ]] > / &amp;</a >'],
    ['the limits themselves', `<a><a><a><a><a b="1" c="2" d="3"/></a></a></a></a>`],
  ])('takes %s', (_what, text) => {
    expect(parseXml(text, limits)).toMatchObject({ok: true})
  })

  test.each([
    ['nothing', '', 'not well-formed'],
    ['words', 'hello', 'not well-formed'],
    ['an open element', '<a><b></a>', 'not well-formed'],
    ['a second root', '<a/><a/>', 'not well-formed'],
    ['an attribute without quotes', '<a b=c/>', 'not well-formed'],
    ["an entity of one's own", '<a>&x;</a>', 'not well-formed'],
    ['the mark of another encoding', '<a>\uFFFD</a>', 'encoding'],
    ['an unbound prefix', '<x:a/>', 'not well-formed'],
    ['a tag that does not end', '<a b="', 'ends inside'],
    ['an empty tag that does not end at once', '<a><b/ ></a>', 'one that is none'],
    ['an & that begins nothing', '<a>& </a>', 'must be escaped'],
    ['an & that begins nothing in an attribute', '<a b="c&d"/>', 'one that is none'],
    ['an end of a section that never began', '<a>]]></a>', 'must be escaped'],
    ['a comment that does not end', '<a><!-- </a>', 'ends inside'],
    ['a DOCTYPE', '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>', 'DOCTYPE'],
    ['a DOCTYPE behind a comment that only seems to end', '<!--> <![CDATA[ --><!DOCTYPE a><a>]]></a>', 'DOCTYPE'],
    ['an instruction', '<?xml version="1.0"?><?xml-stylesheet href="x"?><a/>', 'processing instruction'],
    ['too many bytes', `<a>${'é'.repeat(1_000)}</a>`, 'has 2007 bytes, more than 2000'],
    ['too deep a nest', `${'<a>'.repeat(6)}${'</a>'.repeat(6)}`, 'deeper than 5'],
    ['too many elements', `<a>${'<b/>'.repeat(20)}</a>`, 'more than 20 elements'],
    ['too many attributes', '<a b="1" c="2" d="3" e="4"/>', 'more than 3 attributes'],
    ['too many attributes of all elements', `<a>${'<b c="1" d="2"/>'.repeat(5)}</a>`, 'more than 9 attributes'],
    ['too many comments and sections', `<a>${'<!----><![CDATA[]]>'.repeat(11)}</a>`, 'more than 20 comments'],
  ])('refuses %s', (_what, text, problem) => {
    expect(parseXml(text, limits)).toEqual({ok: false, problem: expect.stringContaining(problem)})
  })

  test('does not run away on a hostile nest', () => {
    expect(parseXml('<a>'.repeat(80_000), tokenLimits)).toMatchObject({ok: false})
  })
})

test('line ends of XML 1.1 are characters like any other', () => {
  const reading = parseXml('<a>1\r\n2\u0085\u2028</a>', tokenLimits)
  expect(reading.ok && reading.value.textContent).toBe('1\n2\u0085\u2028')
})

describe('xml', () => {
  const held = fc
    .string({unit: 'grapheme'})
    .filter((text) => !/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u.test(text))

  test('what it writes is read again as it was, in text and in attributes', () => {
    fc.assert(
      fc.property(held, (value) => {
        const root = parseXml(`${xml`<a b="${value}">|${value}|</a>`}`, tokenLimits)
        expect(root.ok && attributeOf(root.value, 'b')).toBe(value === '' ? undefined : value)
        expect(root.ok && textOf(root.value)).toBe(`|${value}|`)
      }),
      {examples: [['\t\n\r\u0085\u2028\u2029\uFFFD'], [']]>&amp;<!--']]},
    )
  })

  test('nests markup, joins lists, leaves out what is undefined', () => {
    const items: Xml[] = ['x', '<y>'].map((item) => xml`<i>${item}</i>`)
    expect(`${xml`<a n="${1}">${items}${undefined}</a>`}`).toBe('<a n="1"><i>x</i><i>&lt;y&gt;</i></a>')
  })

  test.each(['\u0000', '\u001B', '\uFFFE', '\uD800'])('refuses a character that XML cannot hold', (character) => {
    expect(() => xml`<a>${character}</a>`).toThrow(expect.objectContaining({code: 'ValueMalformed'}))
  })
})

test('elements and attributes are found by namespace, never by prefix', () => {
  const root = parseXml(
    '<a xmlns="urn:x" xmlns:y="urn:y" y:k="no" k="yes"><b>1<!-- -->2</b><y:b>3</y:b></a>',
    tokenLimits,
  )
  if (!root.ok) throw new Error(root.problem)
  expect(childElements(root.value, 'urn:x', 'b').map(textOf)).toEqual(['12'])
  expect(attributeOf(root.value, 'k')).toBe('yes')
})
