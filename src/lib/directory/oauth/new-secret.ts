import {createHash} from 'node:crypto'
import type {Services} from '../api/call.ts'

/** A code, a token or a state that nobody can guess: 256 bits. */
export const newSecret = ({randomBytes}: Pick<Services, 'randomBytes'>): string =>
  Buffer.from(randomBytes(32)).toString('base64url')

/** What the store keeps of one. */
export const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('base64url')
