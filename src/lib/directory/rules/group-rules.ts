import {badRequest, GraphFailure, invalidValue} from './graph-failure.ts'

/** What a rule must know of a group. */
export interface GroupState {
  readonly groupTypes: readonly string[]
  readonly mailEnabled: boolean
  readonly securityEnabled: boolean
  readonly isAssignableToRole: boolean
  readonly visibility: string | null
  readonly membershipRule: string | null
  readonly membershipRuleProcessingState: string | null
}

/** Whether a group is a Microsoft 365 group. */
export const isUnified = ({groupTypes}: Pick<GroupState, 'groupTypes'>): boolean => groupTypes.includes('Unified')

/** Refuses what cannot be a group, or become of one; a new group has no `before`. */
export function checkGroup(before: GroupState | undefined, after: GroupState): void {
  checkTypes(after)
  checkMembershipRule(after)
  const {isAssignableToRole, securityEnabled, visibility} = after
  if (isAssignableToRole && !securityEnabled)
    throw badRequest('Only a group whose securityEnabled is true can be assignable to a role (isAssignableToRole).')
  if (isAssignableToRole && visibility === 'Public')
    throw invalidValue('visibility', 'Group', 'a group that is assignable to a role cannot be public')
  if (visibility === 'HiddenMembership' && !isUnified(after))
    throw invalidValue('visibility', 'Group', 'only a Microsoft 365 group can have a hidden membership')
  if (before !== undefined) checkConstant(before, after)
}

function checkTypes(group: GroupState): void {
  const {groupTypes, mailEnabled, securityEnabled} = group
  const other = groupTypes.find((type) => type !== 'Unified' && type !== 'DynamicMembership')
  if (other !== undefined) throw invalidValue('groupTypes', 'Group', `'${other}' is no type of groups`)
  if (isUnified(group)) {
    if (!mailEnabled) throw invalidValue('mailEnabled', 'Group', 'it must be true of a Microsoft 365 group')
  } else if (mailEnabled || !securityEnabled)
    throw badRequest(
      'The service does not currently support writes of mail-enabled groups. Please ensure that the mail-enablement property is unset and the security-enablement property is set.',
    )
}

function checkMembershipRule({groupTypes, membershipRule, membershipRuleProcessingState}: GroupState): void {
  if (groupTypes.includes('DynamicMembership'))
    throw new GraphFailure(
      501,
      'NotImplemented',
      "Dynamic membership (groupTypes 'DynamicMembership', membershipRule) is not served by this directory.",
    )
  for (const [name, value] of Object.entries({membershipRule, membershipRuleProcessingState}))
    if (value !== null)
      throw badRequest(`The property '${name}' can only be set when groupTypes contains 'DynamicMembership'.`)
}

function checkConstant(before: GroupState, after: GroupState): void {
  if (isUnified(before) !== isUnified(after)) throw invalidValue('groupTypes', 'Group', 'it cannot be changed')
  if (before.mailEnabled !== after.mailEnabled) throw invalidValue('mailEnabled', 'Group', 'it cannot be changed')
  if (before.isAssignableToRole !== after.isAssignableToRole)
    throw badRequest('The property isAssignableToRole can only be set when a group is created.')
  if ((before.visibility === 'HiddenMembership') !== (after.visibility === 'HiddenMembership'))
    throw invalidValue('visibility', 'Group', 'HiddenMembership can only be set when a group is created')
}

/** The security identifier of a group: S-1-12-1 and its id as four numbers, each with the lowest byte first. */
export function toSecurityIdentifier(id: string): string {
  const [a = '', b = '', c = '', d = '', e = ''] = id.split('-')
  const turned = [a, b, c].map((part) => Buffer.from(part, 'hex').reverse())
  const bytes = Buffer.concat([...turned, Buffer.from(d + e, 'hex')])
  return `S-1-12-1-${[0, 4, 8, 12].map((at) => bytes.readUInt32LE(at)).join('-')}`
}
