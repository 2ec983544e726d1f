import {viewOf} from './view.ts'

/** Where the quickstart left its files. */
export interface QuickstartFolder {
  readonly folder: string
}

export const quickstartView = viewOf<QuickstartFolder>(['folder'])
