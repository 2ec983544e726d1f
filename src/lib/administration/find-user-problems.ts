import type {GraphClient} from '../graph/graph-client.ts'
import type {Domain} from '../model/domain.ts'
import type {Finding} from '../model/finding.ts'
import {readImmutableId} from '../model/immutable-id.ts'
import type {User} from '../model/user.ts'
import {upnSuffix} from '../model/user-principal-name.ts'

/** What a user is to be, as far as the rules of federated domains look at it. */
export interface WantedUser {
  readonly userPrincipalName: string
  /** `null` and an empty text are none; undefined leaves it as it is. */
  readonly immutableId?: string | null | undefined
}

/** What speaks against making or changing a user so: the domain's state, the immutable id. `user` is the one that is changed. */
export async function findUserProblems(
  graph: GraphClient,
  wanted: WantedUser,
  user?: User,
): Promise<readonly Finding[]> {
  const {userPrincipalName: upn, immutableId = user?.immutableId} = wanted
  const domain = await graph.domains.get(upnSuffix(upn))
  const isHere = user !== undefined && upnSuffix(user.userPrincipalName) === upnSuffix(upn)
  const isChanged = wanted.immutableId !== undefined && (wanted.immutableId ?? '') !== (user?.immutableId ?? '')
  if (domain.status !== 'Verified') return [notVerified(upn, domain)]
  if (domain.authentication === 'Federated' && isHere && isChanged) return [fixed(user, domain)]
  if (domain.authentication === 'Federated' && !immutableId) return [missing(upn, domain)]
  if (!isChanged || !immutableId) return []
  const other = await holderOf(graph, immutableId, user)
  return [...(other === undefined ? [] : [taken(upn, immutableId, other)]), ...unusual(upn, immutableId)]
}

async function holderOf({users}: GraphClient, immutableId: string, user: User | undefined): Promise<User | undefined> {
  for await (const one of users.list({immutableId})) if (one.objectId !== user?.objectId) return one
  return undefined
}

const error = (subject: string, finding: Pick<Finding, 'code' | 'message' | 'hint'>): Finding => ({
  severity: 'error',
  subject,
  ...finding,
  final: true,
})

const notVerified = (upn: string, {name}: Domain): Finding =>
  error(upn, {
    code: 'DomainNotVerified',
    message: `${name} is not verified: nobody can be called ${upn} yet.`,
    hint: `Verify it first: fedctl confirm-domain ${name}.`,
  })

const missing = (upn: string, {name}: Domain): Finding =>
  error(upn, {
    code: 'ImmutableIdMissing',
    message: `${name} is federated: ${upn} needs the id that the identity provider knows the user by.`,
    hint: 'Give it with --immutable-id; fedctl convert-immutable-id makes it from an objectGUID.',
  })

const fixed = ({userPrincipalName}: User, {name}: Domain): Finding =>
  error(userPrincipalName, {
    code: 'ImmutableIdFixed',
    message: `The immutable id of ${userPrincipalName} cannot be changed while the user is in ${name}, which is federated.`,
    hint: 'Rename the user into a managed domain, change it there, and rename back: fedctl set-user-principal-name.',
  })

const taken = (upn: string, immutableId: string, {userPrincipalName}: User): Finding =>
  error(upn, {
    code: 'ImmutableIdTaken',
    message: `The immutable id ${immutableId} is that of ${userPrincipalName}.`,
    hint: `Look which of the two it belongs to: fedctl get-user ${userPrincipalName}.`,
  })

/** The text of a GUID instead of base64 is the classic mistake. Only warnings: an identity provider may send anything. */
function unusual(subject: string, immutableId: string): readonly Finding[] {
  const reading = readImmutableId(immutableId)
  const [read] = reading.ok ? reading.value : []
  if (read?.readAs === 'base64') return []
  const message =
    read === undefined
      ? `"${immutableId}" is not base64 of 16 bytes, as identity providers send it.`
      : `"${immutableId}" is the ${read.readAs} form; identity providers send base64: ${read.immutableId}`
  const hint = 'Make sure that yours sends just this.'
  return [{severity: 'warning', code: 'ImmutableIdUnusual', subject, message, hint}]
}
