import type {Filterable} from './resource.ts'

const equal = {kind: 'text', eq: 'plain'} as const
const searched = {kind: 'text', eq: 'plain', startsWith: 'plain'} as const
const listed = {kind: 'texts', eq: 'plain'} as const

/** The name of the one service that writes this log. */
export const loggedByService = 'Core Directory'

/** What $filter takes of the audit log (resource directoryAudit, v1.0). */
export const auditLog = {
  type: 'DirectoryAudit',
  table: 'audits',
  properties: {
    activityDateTime: {kind: 'time', eq: 'plain'},
    activityDisplayName: searched,
    category: equal,
    correlationId: equal,
    loggedByService: {...equal, always: loggedByService},
    operationType: equal,
    result: {...equal, always: 'success'},
    'initiatedBy/app/appId': {...equal, column: 'initiatorAppId'},
    'initiatedBy/app/displayName': {...equal, column: 'initiatorAppName'},
    'initiatedBy/user/displayName': {...equal, column: 'initiatorUserName'},
    'initiatedBy/user/id': {...equal, column: 'initiatorUserId'},
    'initiatedBy/user/userPrincipalName': {...searched, column: 'initiatorUserPrincipalName'},
    'targetResources/displayName': {...listed, startsWith: 'plain', column: 'targetNameKey'},
    'targetResources/id': {...listed, column: 'targetId'},
  },
  lists: {table: 'auditTargets', owner: 'audit', ownerKey: 'sequence', key: 'targetId'},
} as const satisfies Filterable

/** What is the same of every sign-in here. */
export const everySignIn = {
  clientAppUsed: 'Browser',
  conditionalAccessStatus: 'notApplied',
  riskDetail: 'none',
  riskLevelAggregated: 'none',
  riskLevelDuringSignIn: 'none',
  riskState: 'none',
} as const

/** What $filter takes of the log of sign-ins (resource signIn, v1.0). */
export const signInLog = {
  type: 'SignIn',
  table: 'signIns',
  properties: {
    appDisplayName: searched,
    appId: equal,
    correlationId: equal,
    createdDateTime: {kind: 'time', eq: 'plain', toMillisecond: true},
    id: {...equal, column: 'correlationId'},
    'status/errorCode': {kind: 'number', eq: 'plain', column: 'errorCode'},
    userId: equal,
    userPrincipalName: searched,
    ...Object.fromEntries(Object.entries(everySignIn).map(([name, always]) => [name, {...equal, always}])),
  },
} as const satisfies Filterable
