/** Writes binary as PEM: base64 in lines of 64 characters between a header and a footer (RFC 7468). */
export function writePem(label: string, der: Uint8Array): string {
  const lines = writeBase64(der).match(/.{1,64}/g) ?? []
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n')
}

/** Writes binary as base64 in one line, as Graph and federation metadata hold a certificate. */
export const writeBase64 = (der: Uint8Array): string => Buffer.from(der).toString('base64')
