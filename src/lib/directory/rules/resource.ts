import type {Property} from './property.ts'

/** A property of a kind of objects: what it may hold, and how it may be asked for. */
export interface ObjectProperty extends Property {
  /** Returned when nothing is selected. */
  readonly standard?: true
  /** Comparisons in $filter: at once, or only as an advanced query; absent: not at all. */
  readonly eq?: 'plain' | 'advanced'
  readonly startsWith?: 'plain' | 'advanced'
  /** Always an advanced query. */
  readonly endsWith?: true
  /** Case matters. */
  readonly exact?: true
  /** The column that has it in the form in which it is compared and sorted. */
  readonly key?: 'displayNameKey' | 'upnKey'
  /** Objects are found by its folded form with an index. */
  readonly hasIndex?: true
  /** The column that has it, when that has another name; of a list, the column of its own in the table of lists. */
  readonly column?: string
  /** What every object has, which no column keeps. */
  readonly always?: string
  /** Times are kept to the millisecond. */
  readonly toMillisecond?: true
}

/** The rules of the properties of a kind of objects, by Graph's names. */
export type ObjectProperties = Readonly<Record<string, ObjectProperty>>

/** The tables that hold objects which are listed by $filter and $orderby. */
export type ObjectTableName = 'users' | 'groups' | 'devices' | 'applications' | 'servicePrincipals' | 'directoryRoles'

/** The tables of the logs, which are listed by $filter and time. */
export type LogTableName = 'audits' | 'signIns'

/** The tables of what applications may, which are listed by $filter. */
export type PermissionTableName = 'appRoleAssignments' | 'permissionGrants'

/** A table with one row a value of a list: whose, of which property, and the value in the form in which it is compared. */
export interface ListTable {
  readonly table: 'userAddresses' | 'objectValues' | 'auditTargets'
  readonly owner: string
  /** What `owner` names an object by; its id, unless said otherwise. */
  readonly ownerKey?: string
  readonly key: string
}

/** What $filter asks: how Graph calls a kind of things, where it is kept, and what it has. */
export interface Filterable {
  /** As error messages and @odata.type have it: `User`. */
  readonly type: string
  readonly table: ObjectTableName | LogTableName | PermissionTableName
  readonly properties: ObjectProperties
  /** The table that has the values of its lists one by one, as `any` searches them; absent when nothing of it is a list. */
  readonly lists?: ListTable
  /** What Graph has and this directory never fills: always the same. */
  readonly constants?: Readonly<Record<string, unknown>>
}

/** A kind of objects. */
export interface Resource extends Filterable {
  readonly table: ObjectTableName
  readonly constants: Readonly<Record<string, unknown>>
  /** Which of the constants are returned when nothing is selected. */
  readonly standardConstants?: readonly string[]
  /** Standard properties that have tables of their own. */
  readonly attached?: readonly string[]
  /** What only a single object can be asked for, and what it then is. */
  readonly singles?: Readonly<Record<string, unknown>>
  /** What $orderby takes: at once, or only as an advanced query. */
  readonly sortable: Readonly<Record<string, 'plain' | 'advanced'>>
  /** It has a description whose words $search finds, too. */
  readonly hasDescription?: true
}

/** A kind of objects other than users and roles, which have rules of their own. */
export interface OtherResource extends Resource {
  readonly table: Exclude<ObjectTableName, 'users' | 'directoryRoles'>
}

/** The rule of a property; undefined of a name that is none. */
export const findProperty = ({properties}: Filterable, name: string): ObjectProperty | undefined =>
  Object.hasOwn(properties, name) ? properties[name] : undefined

/** The type as @odata.type and some messages name it: `microsoft.graph.user`. */
export const graphType = ({type}: Filterable): string =>
  `microsoft.graph.${type.charAt(0).toLowerCase()}${type.slice(1)}`
