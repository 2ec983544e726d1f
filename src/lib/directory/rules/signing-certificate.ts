import {invalidValue} from './graph-failure.ts'

/** Refuses what is not the base64 of one X.509 certificate in DER. Whether it is still valid is asked when a token comes. */
export async function checkCertificate(property: string, value: string): Promise<void> {
  const resource = 'InternalDomainFederation'
  if (value.includes('-----'))
    throw invalidValue(property, resource, 'it must be base64 without the lines BEGIN and END')
  const der = Buffer.from(value, 'base64')
  if (der.length === 0 || der.toString('base64') !== value)
    throw invalidValue(property, resource, 'it must be the base64 of a DER certificate, on one line')
  // Loaded when the first certificate comes.
  const {findCertificate} = await import('../../certificates/signing-certificate.ts')
  if (findCertificate(der) === undefined) throw invalidValue(property, resource, 'it is not an X.509 certificate')
}
