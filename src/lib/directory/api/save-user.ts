import {upnSuffix} from '../../model/user-principal-name.ts'
import {missingValue, notFound, taken} from '../rules/graph-failure.ts'
import {checkPassword} from '../rules/passwords.ts'
import {timestamp} from '../rules/timestamp.ts'
import {checkUserMove, type DomainState, keepsPassword, type UserState} from '../rules/user-rules.ts'
import {findDomain, type StoredDomain} from '../store/domains.ts'
import type {Queries} from '../store/schema.ts'
import {findConflicts} from '../store/user-conflicts.ts'
import {addUser, changeUser, findUser, type StoredUser} from '../store/users.ts'
import {auditUser} from './audit-users.ts'
import {guardAdministrator} from './authorize.ts'
import type {Services, TenantCall} from './call.ts'
import {type NewPassword, preparePassword, saveForcing, savePassword} from './save-password.ts'
import type {UserBody} from './user-body.ts'

const required = ['accountEnabled', 'displayName', 'mailNickname', 'userPrincipalName'] as const

/** Makes a user of a tenant. */
export async function createUser(call: TenantCall, body: UserBody): Promise<StoredUser> {
  const {services} = call
  for (const name of required) if (body.change[name] == null) throw missingValue(name, 'User')
  const user = newUser(services, call.tenant.id, body)
  const password = body.profile?.password
  // Hashing takes long: what is refused is refused before it, and what changes meanwhile is seen when the user is written.
  const keeps = password != null && (await services.store.read((db) => checkUser(db, {after: user, password})))
  const given = await preparePassword(services, password, keeps)
  return services.store.change(async (db) => {
    const after = await insertUser(db, services, {user, body, ...(given === undefined ? {} : {given})})
    await auditUser(db, call, {activity: 'Add user', after})
    return after
  })
}

/** A user who is not in the store yet. */
export function newUser({now, newId}: Services, tenantId: string, {change}: UserBody): StoredUser {
  const time = timestamp(now())
  const lists = {businessPhones: '[]', otherMails: '[]', proxyAddresses: '[]'}
  const nothing = {onPremisesImmutableId: null, onPremisesSyncEnabled: null, deletedDateTime: null, userType: 'Member'}
  const own = {id: newId(), tenantId, createdDateTime: time, signInSessionsValidFromDateTime: time}
  return {...lists, ...nothing, ...change, ...own} as unknown as StoredUser
}

interface Insertion {
  readonly user: StoredUser
  readonly body: UserBody
  readonly given?: NewPassword
}

interface Checked {
  /** Absent of a new user. */
  readonly before?: StoredUser
  readonly after: StoredUser
  readonly password: string | null | undefined
}

/** Holds a new or changed user against the rules; whether the directory keeps the password of such a one. */
async function checkUser(db: Queries, {before, after, password}: Checked): Promise<boolean> {
  const to = toDomainState(await domainOf(db, after))
  const move = {after: toState(after), to, givesPassword: password != null}
  if (before === undefined) checkUserMove(move)
  else checkUserMove({...move, before: toState(before), from: toDomainState(await domainOf(db, before))})
  await refuseConflicts(db, after)
  const keeps = keepsPassword(toState(after), to)
  if (keeps && password != null) checkPassword(password, after)
  if (keeps && password == null && before === undefined) throw missingValue('passwordProfile', 'User')
  return keeps
}

/** Holds a new user against the rules and writes it, within a change that is under way; the user as it is then. */
export async function insertUser(db: Queries, services: Services, {user, body, given}: Insertion): Promise<StoredUser> {
  const keeps = await checkUser(db, {after: user, password: given?.password})
  await addUser(db, user as Parameters<typeof addUser>[1])
  if (!keeps || given === undefined) return user
  const times = await savePassword(db, services, {owner: user, given, profile: body.profile ?? {}})
  await changeUser(db, user, times)
  return {...user, ...times}
}

/** Changes a user, by id or UPN. */
export async function updateUser(call: TenantCall, identity: string, body: UserBody): Promise<void> {
  const {services, tenant} = call
  const password = body.profile?.password
  const find = async (db: Queries): Promise<StoredUser> => {
    const user = await findUser(db, tenant.id, identity)
    if (user === undefined) throw notFound(identity)
    if (isSensitive(body)) await guardAdministrator(db, call, user.id)
    return user
  }
  const check = (db: Queries, before: StoredUser): Promise<boolean> =>
    checkUser(db, {before, after: changed(before, body), password})
  const willKeep = await services.store.read(async (db) => check(db, await find(db)))
  const given = await preparePassword(services, password, willKeep)
  await services.store.change(async (db) => {
    const user = await find(db)
    const after = changed(user, body)
    const keeps = await check(db, user)
    const saved = keeps && given !== undefined
    const times = saved ? await savePassword(db, services, {owner: after, given, profile: body.profile ?? {}}) : {}
    if (keeps && !saved) await saveForcing(db, user.id, body.profile ?? {})
    await changeUser(db, user, {...body.change, ...times})
    await auditUser(db, call, {activity: 'Update user', before: user, after})
    if (saved) await auditUser(db, call, {activity: 'Reset user password', before: user, after: {...user, ...times}})
  })
}

/** By these somebody signs in or proves who they are (Graph: sensitive actions). */
const sensitive = [
  'accountEnabled',
  'businessPhones',
  'mobilePhone',
  'onPremisesImmutableId',
  'otherMails',
  'userPrincipalName',
] as const
const isSensitive = ({change, profile}: UserBody): boolean =>
  profile !== undefined || sensitive.some((name) => change[name] !== undefined)

const changed = (user: StoredUser, {change}: UserBody): StoredUser => ({...user, ...change}) as unknown as StoredUser

/** Refuses a user whose names another living user of the tenant has. */
async function refuseConflicts(db: Queries, user: StoredUser): Promise<void> {
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
