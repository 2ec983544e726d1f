import type {XmlElement} from './parse-xml.ts'

type Library = typeof import('xml-crypto')

/**
 * The library's exclusive canonicalization, which also knows #default among the inclusive prefixes (Exclusive XML Canonicalization 1.0,
 * 3): then the default namespace is declared where it begins, whether an element's name makes use of it or not.
 */
export function withDefaultPrefix({ExclusiveCanonicalization}: Library): Library['ExclusiveCanonicalization'] {
  return class extends ExclusiveCanonicalization {
    override process(
      ...[element, options]: Parameters<InstanceType<typeof ExclusiveCanonicalization>['process']>
    ): string {
      const inherited = options.ancestorNamespaces?.find(({prefix}) => prefix === '')
      const root = element as unknown as XmlElement
      if (inherited !== undefined && !root.hasAttribute('xmlns') && hasDefault(options.inclusiveNamespacesPrefixList))
        root.setAttributeNS('http://www.w3.org/2000/xmlns/', 'xmlns', inherited.namespaceURI)
      return super.process(element, options)
    }

    override renderNs(...given: Parameters<InstanceType<typeof ExclusiveCanonicalization>['renderNs']>) {
      const [element, , outer, , prefixes]: [XmlElement, unknown, string, unknown, readonly string[]] = given
      const result = super.renderNs(...given)
      const declared = element.hasAttribute('xmlns') ? element.getAttribute('xmlns') : null
      // Without a prefix the element uses it, and the library declares it.
      if (!element.prefix || declared === null || declared === outer || !hasDefault(prefixes)) return result
      const rendered = ` xmlns="${escaped(declared)}"${result.rendered}`
      return {rendered, newDefaultNs: declared}
    }
  }
}

const hasDefault = (prefixes: readonly string[] | string | undefined): boolean =>
  prefixes?.includes('#default') ?? false

const escaped = (uri: string): string => uri.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
