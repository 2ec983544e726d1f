import {hasRepeatedId} from '../../xml/has-repeated-id.ts'
import type {XmlElement} from '../../xml/parse-xml.ts'
import type {Check} from '../check.ts'

/** No two ids are the same, under whatever name a library could look for them. */
export const findIdProblem: Check<XmlElement> = (root) =>
  hasRepeatedId(root) ? 'two of its ids are the same' : undefined
