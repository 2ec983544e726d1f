import {readUserPrincipalName} from '../../model/user-principal-name.ts'
import {badRequest, GraphFailure, invalidValue} from './graph-failure.ts'

/** What a rule must know of a user. */
export interface UserState {
  readonly userPrincipalName: string
  readonly onPremisesImmutableId: string | null
  readonly onPremisesSyncEnabled: boolean
}

/** What a rule must know of the domain a UPN lies in. */
export interface DomainState {
  readonly isVerified: boolean
  readonly isFederated: boolean
}

/** A change of a user as the rules see it; a new user has no `before`. */
export interface UserMove {
  readonly before?: UserState
  readonly from?: DomainState | undefined
  readonly after: UserState
  readonly to: DomainState | undefined
  readonly givesPassword: boolean
}

/** Refuses what the directory does not allow of names, domains and immutable ids. */
export function checkUserMove({before, from, after, to, givesPassword}: UserMove): void {
  const upn = readUserPrincipalName(after.userPrincipalName)
  if (!upn.ok) throw invalidValue('userPrincipalName', 'User', upn.problem)
  if (upn.value !== after.userPrincipalName)
    throw invalidValue('userPrincipalName', 'User', 'there is a blank before or after it')
  if (to === undefined || !to.isVerified) throw notInVerifiedDomain()
  if (before === undefined) {
    if (to.isFederated && after.onPremisesImmutableId === null) throw lacksImmutableId()
    return
  }
  const wasFederated = from?.isFederated ?? false
  if (to.isFederated) checkImmutableId(before, after, wasFederated)
  else if (wasFederated && moves(before, after) && !after.onPremisesSyncEnabled && !givesPassword) throw lacksPassword()
}

const moves = (before: UserState, after: UserState): boolean => before.userPrincipalName !== after.userPrincipalName

function checkImmutableId(before: UserState, after: UserState, wasFederated: boolean): void {
  const [old, wanted] = [before.onPremisesImmutableId, after.onPremisesImmutableId]
  const changesInPlace = wasFederated && old !== null && old !== wanted
  const arrivesWithout = !wasFederated && wanted === null
  if (changesInPlace || arrivesWithout)
    throw badRequest('You must provide a required property: Parameter name: FederatedUser.SourceAnchor')
}

/** Whether the directory keeps a password for a user: not where somebody else checks it. */
export const keepsPassword = (
  user: Pick<UserState, 'onPremisesSyncEnabled'>,
  domain: DomainState | undefined,
): boolean => !user.onPremisesSyncEnabled && domain?.isFederated !== true

/** Refuses addresses that contradict each other: at most one is the primary one (SMTP:), and none comes twice. */
export function checkProxyAddresses(addresses: readonly string[]): void {
  if (addresses.filter((address) => address.startsWith('SMTP:')).length > 1)
    throw invalidValue('proxyAddresses', 'User', 'there is more than one primary address (SMTP:)')
  if (new Set(addresses.map((address) => address.toLowerCase())).size < addresses.length)
    throw invalidValue('proxyAddresses', 'User', 'an address is there twice')
}

const notInVerifiedDomain = (): GraphFailure =>
  new GraphFailure(
    400,
    'Request_BadRequest',
    'The domain portion of the userPrincipalName property is invalid. You must use one of the verified domain names in your organization.',
    [{code: 'InvalidValue', target: 'userPrincipalName'}],
  )

const lacksImmutableId = (): GraphFailure =>
  new GraphFailure(400, 'Request_BadRequest', 'One or more properties contains invalid values.', [
    {code: 'MissingValue', target: 'onPremisesImmutableId'},
  ])

const lacksPassword = (): GraphFailure =>
  new GraphFailure(
    400,
    'Request_BadRequest',
    "A value is required for property 'passwordProfile' of resource 'User': a user who moves from a federated to a managed domain needs a new password.",
    [{code: 'MissingValue', target: 'passwordProfile'}],
  )
