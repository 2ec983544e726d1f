import {viewOf} from './view.ts'

/** A directory that is being served. */
export interface DirectoryService {
  readonly address: string
  /** The file of the certificate that clients have to trust. */
  readonly certificate: string
  /** SHA-256 of the certificate. */
  readonly sha256: string
  readonly notAfter: Date
  readonly processId: number
}

export const directoryServiceView = viewOf<DirectoryService>([
  'address',
  'certificate',
  'sha256',
  'notAfter',
  'processId',
])
