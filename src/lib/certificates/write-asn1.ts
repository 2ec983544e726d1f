import {
  Boolean as Asn1Boolean,
  Null as Asn1Null,
  Set as Asn1Set,
  type BaseBlock,
  BitString,
  BmpString,
  Constructed,
  fromBER,
  GeneralizedTime,
  IA5String,
  Integer,
  ObjectIdentifier,
  OctetString,
  Primitive,
  PrintableString,
  Sequence,
  UTCTime,
  Utf8String,
} from 'asn1js'

/** The DER of an ASN.1 value (X.690). */
export const toDer = (value: BaseBlock): Buffer<ArrayBuffer> => Buffer.from(value.toBER())

/** A value that is DER already. */
export const embed = (der: Uint8Array): BaseBlock => fromBER(Uint8Array.from(der), {parseEmbedded: false}).result

/** SEQUENCE of these values. */
export const sequence = (...value: BaseBlock[]): BaseBlock => new Sequence({value})
/** SET OF these values. */
export const setOf = (...value: BaseBlock[]): BaseBlock => new Asn1Set({value})
/** OBJECT IDENTIFIER, from its dotted text. */
export const identifier = (value: string): BaseBlock => new ObjectIdentifier({value})
/** INTEGER. */
export const integer = (value: number): BaseBlock => new Integer({value})
/** BOOLEAN. */
export const boolean = (value: boolean): BaseBlock => new Asn1Boolean({value})
/** NULL. */
export const nothing = (): BaseBlock => new Asn1Null()
/** OCTET STRING. */
export const octets = (bytes: Uint8Array): BaseBlock => new OctetString({valueHex: Uint8Array.from(bytes)})
/** UTF8String. */
export const utf8Text = (value: string): BaseBlock => new Utf8String({value})
/** PrintableString. */
export const printableText = (value: string): BaseBlock => new PrintableString({value})
/** IA5String. */
export const ia5Text = (value: string): BaseBlock => new IA5String({value})
/** BMPString. */
export const bmpText = (value: string): BaseBlock => new BmpString({value})

/** A whole number of any size, from its bytes, the highest first; the first bit is the sign. */
export const bigInteger = (bytes: Uint8Array): BaseBlock => new Integer({valueHex: Uint8Array.from(bytes)})

/** BIT STRING, less the last `unusedBits`. */
export const bits = (bytes: Uint8Array, unusedBits = 0): BaseBlock =>
  new BitString({valueHex: Uint8Array.from(bytes), unusedBits})

/** [tag] EXPLICIT. */
export const tagged = (tagNumber: number, value: BaseBlock): BaseBlock =>
  new Constructed({idBlock: {tagClass: contextSpecific, tagNumber}, value: [value]})

/** [tag] IMPLICIT OCTET STRING. */
export const taggedOctets = (tagNumber: number, bytes: Uint8Array): BaseBlock =>
  new Primitive({idBlock: {tagClass: contextSpecific, tagNumber}, valueHex: Uint8Array.from(bytes)})

const contextSpecific = 3

/** A time as certificates hold it: UTCTime until 2049, GeneralizedTime after, in whole seconds (RFC 5280, 4.1.2.5). */
export const time = (value: Date): BaseBlock =>
  value.getUTCFullYear() < 2050 ? new UTCTime({valueDate: value}) : new GeneralizedTime({valueDate: value})
