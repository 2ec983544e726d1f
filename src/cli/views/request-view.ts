import type {RecordedRequest} from '../../lib/http/recording.ts'
import {viewOf} from './view.ts'

export const requestView = viewOf<RecordedRequest>(['method', 'url', 'body'])
