import type {ImmutableIdReading} from '../../lib/model/immutable-id.ts'
import {viewOf} from './view.ts'

export const immutableIdView = viewOf<ImmutableIdReading>(['immutableId', 'guid', 'hexBytes', 'ldapFilter', 'readAs'])
