import type {HttpRequest} from '../../model/http-message.ts'

/** What a request costs, as far as its method, the pattern of its path and its query say. */
export interface Asked {
  readonly method: HttpRequest['method']
  /** Without the version: `/users/:user`. */
  readonly path: string
  readonly query: URLSearchParams
}

// Graph's table of identity and access; the first that fits counts.
const reads: readonly (readonly [RegExp, number])[] = [
  [/\/transitiveMembers$/, 5],
  [/\/domainNameReferences$/, 4],
  [/\/(isMemberOf|checkMemberGroups|checkMemberObjects)$/, 4],
  [/^\/groups\/[^/]+\/members$/, 3],
  [/^\/(contracts|subscribedSkus)$/, 3],
  [/\/getByIds$/, 3],
  [/\/(getMemberGroups|getMemberObjects|memberOf|transitiveMemberOf|ownedObjects|appRoleAssignments)$/, 2],
  [/^\/(users|applications|oauth2PermissionGrants)$/, 2],
]

/** Asks by POST, and changes nothing. */
const question =
  /\/(getByIds|isMemberOf|checkMember\w+|getMember\w+|validateProperties|getAvailableExtensionProperties)$/

/** Whether a request counts among those that change something. */
export const isWrite = ({method, path}: Asked): boolean => method !== 'GET' && !question.test(path)

/** The resource units of a request, at least one. */
export function resourceUnits(asked: Asked): number {
  if (isWrite(asked)) return 1
  const {path, query} = asked
  const base = reads.find(([pattern]) => pattern.test(path))?.[1] ?? 1
  const top = query.get('$top')
  const change = Number(query.has('$expand')) - Number(query.has('$select')) - Number(top !== null && Number(top) < 20)
  return Math.max(base + change, 1)
}
