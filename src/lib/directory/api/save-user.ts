import {upnSuffix} from '../../model/user-principal-name.ts'
import {missingValue, notFound, taken} from '../rules/graph-failure.ts'
import {timestamp} from '../rules/timestamp.ts'
import {checkUserMove, type DomainState, keepsPassword, type UserState} from '../rules/user-rules.ts'
import {findDomain, type StoredDomain} from '../store/domains.ts'
import type {Queries} from '../store/schema.ts'
import {findConflicts} from '../store/user-conflicts.ts'
import {addUser, changeUser, findUser, type StoredUser} from '../store/users.ts'
import type {Services} from './call.ts'
import {type NewPassword, preparePassword, saveForcing, savePassword} from './save-password.ts'
import type {UserBody} from './user-body.ts'

const required = ['accountEnabled', 'displayName', 'mailNickname', 'userPrincipalName'] as const

/** Makes a user of a tenant and gives the user's id. */
export async function createUser(services: Services, tenantId: string, body: UserBody): Promise<string> {
  for (const name of required) if (body.change[name] == null) throw missingValue(name, 'User')
  const user = newUser(services, tenantId, body)
  const kept = await services.store.read((db) => willKeep(db, user))
  const given = await preparePassword(services, body.profile?.password, kept)
  await services.store.change((db) => insertUser(db, services, {user, body, ...(given === undefined ? {} : {given})}))
  return user.id
}

/** A user who is not in the store yet. */
export function newUser({now, newId}: Services, tenantId: string, {change}: UserBody): StoredUser {
  const time = timestamp(now())
  const lists = {businessPhones: '[]', otherMails: '[]', proxyAddresses: '[]'}
  const nothing = {onPremisesImmutableId: null, onPremisesSyncEnabled: null, deletedDateTime: null, userType: 'Member'}
  const own = {id: newId(), tenantId, createdDateTime: time, signInSessionsValidFromDateTime: time}
  return {...lists, ...nothing, ...change, ...own} as unknown as StoredUser
}

const willKeep = async (db: Queries, user: StoredUser): Promise<boolean> =>
  keepsPassword(toState(user), toDomainState(await domainOf(db, user)))

interface Insertion {
  readonly user: StoredUser
  readonly body: UserBody
  readonly given?: NewPassword
}

/** Holds a new user against the rules and writes it, within a change that is under way. */
export async function insertUser(db: Queries, services: Services, {user, body, given}: Insertion): Promise<void> {
  const to = toDomainState(await domainOf(db, user))
  checkUserMove({after: toState(user), to, givesPassword: given !== undefined})
  await refuseConflicts(db, user)
  const keeps = keepsPassword(toState(user), to)
  if (keeps && given === undefined) throw missingValue('passwordProfile', 'User')
  await addUser(db, user as Parameters<typeof addUser>[1])
  if (!keeps || given === undefined) return
  const times = await savePassword(db, services, {owner: user, given, profile: body.profile ?? {}})
  await changeUser(db, user, times)
}

/** Changes a user, by id or UPN. */
export async function updateUser(
  services: Services,
  {tenantId, identity}: {tenantId: string; identity: string},
  body: UserBody,
): Promise<void> {
  const find = async (db: Queries): Promise<StoredUser> => {
    const user = await findUser(db, tenantId, identity)
    if (user === undefined) throw notFound(identity)
    return user
  }
  const kept = await services.store.read(async (db) => willKeep(db, changed(await find(db), body)))
  const given = await preparePassword(services, body.profile?.password, kept)
  await services.store.change(async (db) => {
    const user = await find(db)
    const after = changed(user, body)
    const [from, to] = [toDomainState(await domainOf(db, user)), toDomainState(await domainOf(db, after))]
    checkUserMove({before: toState(user), from, after: toState(after), to, givesPassword: given !== undefined})
    await refuseConflicts(db, after)
    const keeps = keepsPassword(toState(after), to)
    const saved = keeps && given !== undefined
    const times = saved ? await savePassword(db, services, {owner: after, given, profile: body.profile ?? {}}) : {}
    if (keeps && !saved) await saveForcing(db, user.id, body.profile ?? {})
    await changeUser(db, user, {...body.change, ...times})
  })
}

const changed = (user: StoredUser, {change}: UserBody): StoredUser => ({...user, ...change}) as unknown as StoredUser

/** Refuses a user whose names another living user of the tenant has. */
export async function refuseConflicts(db: Queries, user: StoredUser): Promise<void> {
  const [conflict] = await findConflicts(db, user)
  if (conflict !== undefined) throw taken(conflict)
}

const domainOf = (db: Queries, {tenantId, userPrincipalName}: StoredUser): Promise<StoredDomain | undefined> =>
  findDomain(db, tenantId, upnSuffix(userPrincipalName))

/** A domain as the rules see it. */
export const toDomainState = (domain: StoredDomain | undefined): DomainState | undefined =>
  domain === undefined ? undefined : {isVerified: Boolean(domain.isVerified), isFederated: domain.federationId !== null}

/** A user as the rules see one. */
export const toState = (user: StoredUser): UserState => ({
  userPrincipalName: user.userPrincipalName,
  onPremisesImmutableId: user.onPremisesImmutableId,
  onPremisesSyncEnabled: Boolean(user.onPremisesSyncEnabled),
})
