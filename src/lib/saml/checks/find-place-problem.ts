import type {XmlElement} from '../../xml/parse-xml.ts'
import type {Check} from '../check.ts'
import {findToken} from '../located-token.ts'

/** The assertion sits where its carrier has it: one response, one requested token, nothing beside it, one WS-Trust. */
export const findPlaceProblem: Check<XmlElement> = (root) =>
  findToken(root) === undefined ? 'its assertion is not at the place of a token, or not alone there' : undefined
