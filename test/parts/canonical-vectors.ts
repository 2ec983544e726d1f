import {readFileSync} from 'node:fs'
import {dirname, join} from 'node:path'
import {parseXml} from '../../src/lib/xml/parse-xml.ts'
import {scanXml} from '../../src/lib/xml/scan-xml.ts'
import {exclusiveCanonicalization} from '../../src/lib/xml/signature-names.ts'
import {tokenLimits} from '../../src/lib/xml/xml-limits.ts'
import {corpusFolder} from './token-corpus.ts'

/** An element that exclusive canonicalization must turn into exactly these octets. */
export interface CanonicalVector {
  readonly text: string
  /** By its local name; of several the first. */
  readonly element: string
  readonly prefixes?: string
  readonly octets: string
}

const santuario = 'apache_santuario-xml-security-java/src/test/resources'
const unlike: Readonly<Record<string, string>> = {
  doctype: 'DoctypePresent',
  instruction: 'InstructionPresent',
  malformed: 'NotXml',
}

/** Signatures whose Reference N digests c14n-N.txt of a folder; the number after the last one is for their SignedInfo. */
const signatures: readonly (readonly [folder: string, signature: string])[] = [
  [`${santuario}/interop/c14n/Y1/`, 'exc-signature.xml'],
  [`${santuario}/interop/c14n/Y2/`, 'signature-joseph-exc.xml'],
  [`${santuario}/interop/c14n/Y3/`, 'signature.xml'],
  [`${santuario}/interop/c14n/Y5/`, 'signature.xml'],
  ['lsh123_xmlsec/tests/merlin-c14n-three/', `../../../${santuario}/interop/c14n/Y5/signature.xml`],
]

/** Octets by name alone: of which element of which inputs they are. */
const named: Readonly<Record<string, readonly [element: string, ...inputs: string[]]>> = {
  [`${santuario}/org/apache/xml/security/c14n/inExcl/example2_2_c14nized_exclusive.xml`]: [
    'elem2',
    'example2_2_1.xml',
    'example2_2_2.xml',
  ],
  [`${santuario}/org/apache/xml/security/c14n/inExcl/example2_2_3_c14nized_exclusive.xml`]: ['p', 'example2_2_3.xml'],
  [`${santuario}/org/apache/xml/security/c14n/inExcl/example2_4_c14nized.xml`]: ['elem2', 'example2_4.xml'],
}

const read = (file: string): string => readFileSync(join(corpusFolder, file), 'utf8')

/** The vectors whose octets are in this file of the corpus; else the rule of the closed profile that they break, or what else it holds. */
export function canonicalVectors(file: string): readonly CanonicalVector[] | string {
  const octets = read(file)
  const [element = '', ...inputs] = named[file] ?? []
  if (inputs.length > 0) {
    const texts = inputs.map((input) => read(join(dirname(file), input)))
    return inputProblem(texts) ?? texts.map((text) => ({text, element, octets}))
  }
  const number = /c14n-(\d+)\.txt$/.exec(file)?.[1]
  const [, signature] = signatures.find(([folder]) => file.startsWith(folder)) ?? []
  if (signature !== undefined && number !== undefined)
    return referenceVector(read(join(dirname(file), signature)), Number(number), octets)
  return /\.output$|_c14n/.test(file) ? 'SignatureTransforms: inclusive canonicalization' : 'no octets'
}

/** Read by pattern, because the strict reader does not take every one of them. */
function referenceVector(text: string, number: number, octets: string): readonly CanonicalVector[] | string {
  const reference = [...text.matchAll(/<(?:\w+:)?Reference .*?<\/(?:\w+:)?Reference>/gs)][number]?.[0]
  const scope = reference ?? /<(?:\w+:)?CanonicalizationMethod[^>]*>/.exec(text)?.[0] ?? ''
  const all = Array.from(scope.matchAll(/(?:Transform|CanonicalizationMethod) Algorithm="([^"]*)"/g), ([, one]) => one)
  const other = all.find((algorithm) => algorithm !== exclusiveCanonicalization)
  if (other !== undefined) return `SignatureTransforms: ${other}`
  const prefixes = /PrefixList="([^"]*)"/.exec(scope)?.[1]
  const element = reference === undefined ? 'SignedInfo' : 'Object'
  return inputProblem([text]) ?? [{text, element, octets, ...(prefixes === undefined ? {} : {prefixes})}]
}

function inputProblem(texts: readonly string[]): string | undefined {
  for (const text of texts) {
    const kind = scanXml(text, tokenLimits)?.kind
    if (kind !== undefined) return unlike[kind] ?? 'TokenTooLarge'
    if (!parseXml(text, tokenLimits).ok) return 'NotXml'
  }
  return undefined
}
