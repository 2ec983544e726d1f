import type {SigningCertificate} from '../certificates/signing-certificate.ts'
import {bad, good, type Reading} from '../model/reading.ts'
import type {XmlElement} from '../xml/parse-xml.ts'
import {attributeOf, childElements, textOf} from '../xml/xml-tree.ts'
import {findMetadataProblems} from './find-metadata-problems.ts'
import type {IdentityProviderDescription, ProviderRole} from './identity-provider-description.ts'
import {names} from './metadata-names.ts'
import {readKeyCertificate, readKeyDescriptors} from './read-key-descriptors.ts'
import {readRoles} from './read-role.ts'
import {tellCertificatesApart} from './tell-certificates-apart.ts'

/** What has to be known besides the document. */
export interface DescribeOptions {
  readonly now: Date
  /** The thumbprint (SHA-1) of the current signing certificate, where the administrator knows it. */
  readonly signingThumbprint?: string | undefined
  /** The certificate by which the document's signature was verified. */
  readonly signedBy?: SigningCertificate | undefined
}

/** Describes the identity provider of one EntityDescriptor. */
export function describeEntity(entity: XmlElement, options: DescribeOptions): Reading<IdentityProviderDescription> {
  const issuerUri = attributeOf(entity, 'entityID')
  if (issuerUri === undefined) return bad('its EntityDescriptor has no entityID')
  const roles = readProviderRoles(entity, options)
  if (!roles.ok) return roles
  const [role, ...otherRoles] = roles.value
  if (role === undefined) return bad(`${issuerUri} publishes no signing certificate`)
  const displayName = findDisplayName(entity)
  const validUntil = new Date(attributeOf(entity, 'validUntil') ?? '')
  const description = {
    issuerUri,
    ...(displayName === undefined ? {} : {displayName}),
    ...(Number.isNaN(validUntil.getTime()) ? {} : {validUntil}),
    verified: options.signedBy !== undefined,
    roles: [role, ...otherRoles] as const,
  }
  return good({...description, findings: findMetadataProblems(description, options.now)})
}

function readProviderRoles(entity: XmlElement, options: DescribeOptions): Reading<ProviderRole[]> {
  const chosen = options.signingThumbprint?.replaceAll(/[^0-9a-f]/gi, '').toUpperCase()
  const signedBy = options.signedBy?.thumbprint ?? findSigner(entity)
  const roles: ProviderRole[] = []
  for (const {descriptor, addresses} of readRoles(entity)) {
    const published = readKeyDescriptors(descriptor)
    if (!published.ok) return published
    const [first, ...others] = published.value.signing
    const encryption = published.value.encryption.map(({thumbprint}) => thumbprint)
    if (first !== undefined) {
      const hints = {now: options.now, chosen, signedBy, encryption}
      roles.push({...addresses, certificates: tellCertificatesApart([first, ...others], hints)})
    }
  }
  const known = [...new Set(roles.flatMap(({certificates}) => certificates.all.map(({thumbprint}) => thumbprint)))]
  return chosen === undefined || known.includes(chosen)
    ? good(roles)
    : bad(`it has no signing certificate with the thumbprint ${chosen}, only ${known.join(', ')}`)
}

/**
 * The certificate that the document's own signature names. Only a hint: AD FS signs its metadata with the key that signs its tokens, and
 * the hint holds for a copy whose line ends were changed, too. What is believed because of a signature is verified before.
 */
function findSigner(entity: XmlElement): string | undefined {
  const [signer] = childElements(entity, names.signature, 'Signature').map(readKeyCertificate)
  return signer?.ok ? signer.value?.thumbprint : undefined
}

function findDisplayName(entity: XmlElement): string | undefined {
  const descriptors = childElements(entity, names.metadata, 'RoleDescriptor')
  const service = descriptors.map((descriptor) => attributeOf(descriptor, 'ServiceDisplayName'))
  const titles = [
    ...Array.from(entity.getElementsByTagNameNS(names.displayInterface, 'DisplayName')),
    ...Array.from(entity.getElementsByTagNameNS(names.metadata, 'OrganizationDisplayName')),
  ]
  const english = titles.find((title) => title.getAttribute('xml:lang')?.startsWith('en')) ?? titles[0]
  return service.find((name) => name !== undefined) ?? ((english && textOf(english)) || undefined)
}
