import {applicationResource, servicePrincipalResource} from './application-properties.ts'
import {deviceResource} from './device-properties.ts'
import {directoryRoleResource} from './directory-role-properties.ts'
import {groupResource} from './group-properties.ts'
import {graphType, type Resource} from './resource.ts'
import {userResource} from './user-properties.ts'

/** Every kind of objects that the directory keeps. */
export const directoryResources: readonly Resource[] = [
  userResource,
  groupResource,
  deviceResource,
  applicationResource,
  servicePrincipalResource,
  directoryRoleResource,
]

/** What objects of all kinds have: how a list of several kinds is asked for, whichever the table. */
export const directoryObjectResource: Resource = {
  ...userResource,
  type: 'DirectoryObject',
  properties: {
    id: {kind: 'text', readOnly: true, standard: true, eq: 'plain'},
    deletedDateTime: {kind: 'time', readOnly: true, standard: true},
    displayName: {kind: 'text', readOnly: true, eq: 'advanced', startsWith: 'advanced', key: 'displayNameKey'},
  },
  constants: {},
  singles: {},
  sortable: {displayName: 'advanced'},
}

/** Kinds that Graph has and of which this directory never has an object. */
const neverThere = new Set(['microsoft.graph.administrativeunit', 'microsoft.graph.orgcontact'])

/**
 * The kinds that a cast in a path means (`microsoft.graph.user`, `graph.user`), those among `kinds`: none of a kind of Graph's that
 * cannot be there; undefined of what is no kind at all.
 */
export function readCast(cast: string, kinds: readonly Resource[]): readonly Resource[] | undefined {
  const name = cast.toLowerCase().replace(/^graph\./, 'microsoft.graph.')
  const isNamed = (resource: Resource): boolean => graphType(resource).toLowerCase() === name
  if (!neverThere.has(name) && !directoryResources.some(isNamed)) return undefined
  return kinds.filter(isNamed)
}
