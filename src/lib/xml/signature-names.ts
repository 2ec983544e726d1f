/** The namespace of XML Signature. */
export const signatureNamespace = 'http://www.w3.org/2000/09/xmldsig#'

/** Exclusive canonicalization without comments, and the namespace of its InclusiveNamespaces. */
export const exclusiveCanonicalization = 'http://www.w3.org/2001/10/xml-exc-c14n#'

/** The transform that takes the signature out of what it signs. */
export const envelopedSignature = `${signatureNamespace}enveloped-signature`

/** How a signature is made: by which kind of key, over which hash. */
export interface SignatureMethod {
  readonly key: 'rsa' | 'ec'
  readonly hash: 'sha1' | 'sha256' | 'sha384' | 'sha512'
}

const more = 'http://www.w3.org/2001/04/xmldsig-more#'

/** Every method that is accepted (RFC 9231), SHA-1 only where it is allowed by name. */
export const signatureMethods: ReadonlyMap<string, SignatureMethod> = new Map<string, SignatureMethod>([
  [`${more}rsa-sha256`, {key: 'rsa', hash: 'sha256'}],
  [`${more}rsa-sha384`, {key: 'rsa', hash: 'sha384'}],
  [`${more}rsa-sha512`, {key: 'rsa', hash: 'sha512'}],
  [`${more}ecdsa-sha256`, {key: 'ec', hash: 'sha256'}],
  [`${more}ecdsa-sha384`, {key: 'ec', hash: 'sha384'}],
  [`${signatureNamespace}rsa-sha1`, {key: 'rsa', hash: 'sha1'}],
])

/** Every digest that is accepted, SHA-1 only where it is allowed by name. */
export const digestMethods: ReadonlyMap<string, SignatureMethod['hash']> = new Map<string, SignatureMethod['hash']>([
  ['http://www.w3.org/2001/04/xmlenc#sha256', 'sha256'],
  [`${more}sha384`, 'sha384'],
  ['http://www.w3.org/2001/04/xmlenc#sha512', 'sha512'],
  [`${signatureNamespace}sha1`, 'sha1'],
])
