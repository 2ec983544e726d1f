import {X509Certificate} from 'node:crypto'
import {FedctlError} from '../errors/fedctl-error.ts'
import {parseXml, type XmlElement} from '../xml/parse-xml.ts'
import {metadataLimits} from '../xml/xml-limits.ts'
import {attributeOf, childElements, isNamed} from '../xml/xml-tree.ts'
import {type DescribeOptions, describeEntity} from './describe-entity.ts'
import type {IdentityProviderDescription} from './identity-provider-description.ts'
import {names} from './metadata-names.ts'
import {readRoles} from './read-role.ts'
import {sayWhatElementIs, sayWhatTextIs} from './say-what-it-is.ts'

/** Which provider is wanted of which document. */
export interface MetadataReadingOptions extends DescribeOptions {
  /** How messages name the document: its path or address. */
  readonly source: string
  /** The identity provider wanted; needed where a document describes several. */
  readonly issuerUri?: string | undefined
}

/**
 * Reads an identity provider from federation metadata: WS-Federation (AD FS and its likes) and SAML 2.0, one entity or a list of them.
 * With `signedBy` the document must be signed by that certificate, and nothing but what is signed is read; without it the document is
 * worth what the way it came by is worth. Fails with `MetadataUnreadable`,
 * which says what the document is instead, or what it lacks.
 */
export async function readFederationMetadata(
  text: string,
  options: MetadataReadingOptions,
): Promise<IdentityProviderDescription> {
  const root = await readRoot(text, options)
  const providers = entitiesOf(root).filter((entity) => readRoles(entity).length > 0)
  if (providers.length === 0) throw unreadable(options, sayWhatElementIs(root), {hints: whereMetadataIs})
  const description = describeEntity(chooseProvider(providers, options), options)
  if (description.ok) return description.value
  throw unreadable(options, description.problem)
}

async function readRoot(text: string, options: MetadataReadingOptions): Promise<XmlElement> {
  const root = parseXml(text, metadataLimits)
  if (!root.ok) throw unreadable(options, sayWhatTextIs(text) ?? root.problem, {hints: whereMetadataIs})
  if (options.signedBy === undefined) return root.value
  const {verifySignature} = await import('../xml/verify-signature.ts')
  const certificate = new X509Certificate(options.signedBy.der)
  const signed = await verifySignature(text, {certificate, limits: metadataLimits})
  if (signed.ok) return signed.value
  throw unreadable(options, signed.problem, {
    hints: [
      `It must be signed by ${options.signedBy.subject} (${options.signedBy.thumbprint}). Get the document again, or check which certificate signs it.`,
    ],
  })
}

function entitiesOf(root: XmlElement): XmlElement[] {
  if (isNamed(root, names.metadata, 'EntityDescriptor')) return [root]
  if (!isNamed(root, names.metadata, 'EntitiesDescriptor')) return []
  return [
    ...childElements(root, names.metadata, 'EntityDescriptor'),
    ...childElements(root, names.metadata, 'EntitiesDescriptor').flatMap(entitiesOf),
  ]
}

function chooseProvider(providers: readonly XmlElement[], options: MetadataReadingOptions): XmlElement {
  const {issuerUri} = options
  const wanted =
    issuerUri === undefined ? providers : providers.filter((entity) => attributeOf(entity, 'entityID') === issuerUri)
  const [provider, ...others] = wanted
  if (provider !== undefined && others.length === 0) return provider
  const details = providers.map((entity) => attributeOf(entity, 'entityID') ?? '').toSorted()
  const problem =
    provider === undefined
      ? `it does not describe ${issuerUri}`
      : issuerUri === undefined
        ? `it describes ${providers.length} identity providers`
        : `it describes ${issuerUri} more than once`
  throw unreadable(options, problem, {
    details: details.length > 20 ? [...details.slice(0, 20), `and ${details.length - 20} more`] : details,
    hints: issuerUri === undefined ? ['Say which one with --issuer-uri.'] : [],
  })
}

const whereMetadataIs = ['AD FS has it at https://HOST/FederationMetadata/2007-06/FederationMetadata.xml.']

const unreadable = (
  {source}: MetadataReadingOptions,
  problem: string,
  more: {details?: readonly string[]; hints?: readonly string[]} = {},
): FedctlError =>
  new FedctlError('MetadataUnreadable', `${source} is not usable as an identity provider's metadata: ${problem}.`, more)
