import {BaseBlock, BitString, Constructed, fromBER, Integer, ObjectIdentifier, OctetString, Primitive} from 'asn1js'

/** Thrown by the functions of this file where the bytes have another structure than asked for; never leaves this room. */
export class Asn1Mismatch extends Error {}

/** The one ASN.1 value these bytes hold, in BER: what Windows and browsers write is not always DER. */
export function readAsn1(bytes: Uint8Array): BaseBlock {
  const {offset, result} = fromBER(Uint8Array.from(bytes), {parseEmbedded: false})
  if (offset === -1) throw new Asn1Mismatch(result.error)
  return result
}

/** The values inside a SEQUENCE, SET or EXPLICIT tag. */
export function partsOf(block: BaseBlock): BaseBlock[] {
  if (!(block instanceof Constructed)) throw new Asn1Mismatch('a structure was expected')
  return block.valueBlock.value.filter((part) => part instanceof BaseBlock)
}

/** The value found by taking one position after the other, from outside to inside. */
export function partAt(block: BaseBlock, ...positions: number[]): BaseBlock {
  return positions.reduce((outer, position) => {
    const part = partsOf(outer)[position]
    if (part === undefined) throw new Asn1Mismatch(`a part ${position} was expected`)
    return part
  }, block)
}

/** The content of an OCTET STRING, whole or in pieces, also under an IMPLICIT tag. */
export function octetsOf(block: BaseBlock): Buffer {
  if (block instanceof OctetString) return Buffer.from(block.getValue())
  if (block instanceof Primitive) return Buffer.from(block.valueBlock.valueHexView)
  return Buffer.concat(partsOf(block).map(octetsOf))
}

/** The dotted text of an OBJECT IDENTIFIER. */
export function identifierOf(block: BaseBlock): string {
  if (!(block instanceof ObjectIdentifier)) throw new Asn1Mismatch('an object identifier was expected')
  return block.getValue()
}

/** A whole number between 0 and `largest`. */
export function countOf(block: BaseBlock, largest: number): number {
  const value = block instanceof Integer ? block.toBigInt() : -1n
  if (value < 0n || value > BigInt(largest)) throw new Asn1Mismatch(`a number up to ${largest} was expected`)
  return Number(value)
}

/** The bytes of a BIT STRING. */
export function octetsOfBits(block: BaseBlock): Buffer {
  if (!(block instanceof BitString)) throw new Asn1Mismatch('a bit string was expected')
  return Buffer.from(block.valueBlock.valueHexView)
}
