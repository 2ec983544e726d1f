import {FedctlError} from '../lib/errors/fedctl-error.ts'
import type {IdentityProviderDescription} from '../lib/relying-party/identity-provider-description.ts'
import type {Context} from './context.ts'

/** What a command line says of metadata: where it is, and the values of `metadataFlags`. */
export interface MetadataWanted {
  readonly metadata: string
  readonly issuerUri?: string | undefined
  readonly metadataCertificate?: string | undefined
  readonly signingThumbprint?: string | undefined
  readonly allowHttp: boolean
}

/** Gets and reads metadata, and warns of what a person should know of it. */
export async function describeProvider(context: Context, wanted: MetadataWanted): Promise<IdentityProviderDescription> {
  const {metadata: source, metadataCertificate, allowHttp, ...choices} = wanted
  const [{fetchMetadata}, {readFederationMetadata}] = await Promise.all([
    import('../lib/relying-party/fetch-metadata.ts'),
    import('../lib/relying-party/read-federation-metadata.ts'),
  ])
  const {now, network} = context
  const signedBy = metadataCertificate === undefined ? undefined : await readOneCertificate(metadataCertificate)
  const text = await fetchMetadata(source, {transport: network(), allowHttp})
  const description = await readFederationMetadata(text, {...choices, source, now: now(), signedBy})
  for (const {message, hint, code} of description.findings) context.warn(`${message} ${hint} (${code})`)
  return description
}

/** The only certificate of a file. Throws CertificateUnreadable when there are several. */
export async function readOneCertificate(file: string, passphrase?: string) {
  const {readCertificateFile} = await import('../lib/certificates/read-certificate-file.ts')
  const [certificate, ...others] = await readCertificateFile(file, passphrase)
  if (certificate !== undefined && others.length === 0) return certificate
  throw new FedctlError('CertificateUnreadable', `${file} holds ${others.length + 1} certificates; one is needed.`)
}
