import type {GraphClient} from '../graph/graph-client.ts'
import type {Application, ApplicationChange, WantedSecret} from '../model/application.ts'
import type {Resource, Resources, State} from '../plan/plan.ts'
import {namesIn, stateOf} from './state-of.ts'

/** What plans of one application are carried out with; what they make is known afterwards. */
export interface ApplicationWork {
  readonly resources: Resources
  /** The object id, and the new secret when one was made: it is told only once. */
  readonly made: {readonly objectId?: string; readonly secret?: string}
}

interface Options {
  /** Absent when it is yet to be made. */
  readonly application?: Application
  /** Certificates to come: base64 of DER by thumbprint. */
  readonly certificates: ReadonlyMap<string, string>
  readonly secret: WantedSecret
}

interface Known {
  objectId?: string
  appId?: string
  principalId?: string
  secret?: string
  secretId?: string
}

/** An application as the things that plans change: itself, its service principal, what it may, what it signs in with. */
export function applicationWork(graph: GraphClient, {application, certificates, secret}: Options): ApplicationWork {
  const known: Known = {}
  if (application !== undefined) {
    known.objectId = application.objectId
    known.appId = application.appId
    if (application.servicePrincipalId !== undefined) known.principalId = application.servicePrincipalId
  }
  const {graphPermissions: permissions} = graph
  return {
    made: known,
    resources: {
      application: registration(graph, known),
      'service principal': principal(graph, known),
      'application certificates': certificateList(graph, known, certificates),
      'application permissions': permissionList(known, 'permissions', {
        read: permissions.roles,
        write: permissions.setRoles,
      }),
      'application delegated permissions': permissionList(known, 'delegated permissions', {
        read: permissions.scopes,
        write: permissions.setScopes,
      }),
      'application secret': newSecret(graph, known, secret),
      'old application secret': oldSecret(graph, known),
      'application place': place(graph, known),
    },
  }
}

const find = async ({applications}: GraphClient, {objectId}: Known): Promise<Application | undefined> =>
  objectId === undefined ? undefined : applications.find(objectId)

const registration = (graph: GraphClient, known: Known): Resource => ({
  async read({before, after}) {
    const found = await find(graph, known)
    return found === undefined ? null : stateOf(found, namesIn(before, after))
  },
  async write({before}, to) {
    const {objectId} = known
    if (to === null) {
      if (objectId !== undefined) await graph.applications.remove(objectId)
    } else if (before === null || objectId === undefined)
      Object.assign(known, await graph.applications.create(to as ApplicationChange))
    else await graph.applications.update(objectId, to as ApplicationChange)
  },
})

const principal = (graph: GraphClient, known: Known): Resource => ({
  async read() {
    const {servicePrincipalId, accountEnabled} = (await find(graph, known)) ?? {}
    return servicePrincipalId === undefined ? null : {accountEnabled: accountEnabled ?? true}
  },
  async write(_step, to) {
    const {principalId, appId = ''} = known
    if (to === null) {
      if (principalId !== undefined) await graph.applications.removePrincipal(principalId)
    } else if (principalId === undefined) known.principalId = await graph.applications.createPrincipal(appId)
    else await graph.applications.setEnabled(principalId, (to as {accountEnabled: boolean}).accountEnabled)
  },
})

const certificateList = (graph: GraphClient, known: Known, certificates: ReadonlyMap<string, string>): Resource => {
  const removed = new Map<string, string>()
  return {
    async read() {
      const found = await find(graph, known)
      return {certificates: (found?.certificates ?? []).map(({thumbprint, keyId}) => thumbprint ?? keyId).toSorted()}
    },
    async write(_step, to) {
      const wanted = listIn(to, 'certificates')
      const present = (await find(graph, known))?.certificates ?? []
      const nameOf = ({thumbprint, keyId}: (typeof present)[number]): string => thumbprint ?? keyId
      const keep = present.filter((one) => wanted.includes(nameOf(one))).map(({keyId}) => keyId)
      const add = wanted
        .filter((name) => !present.some((one) => nameOf(one) === name))
        .flatMap((name) => certificates.get(name) ?? removed.get(name) ?? [])
      await graph.applications.setCertificates(known.objectId ?? '', {keep, add})
    },
  }
}

interface Access {
  readonly read: (principalId: string) => Promise<readonly string[]>
  readonly write: (principalId: string, names: readonly string[]) => Promise<void>
}

const permissionList = (known: Known, what: string, {read, write}: Access): Resource => ({
  read: async () => ({[what]: known.principalId === undefined ? [] : await read(known.principalId)}),
  write: async (_step, to) => write(known.principalId ?? '', listIn(to, what)),
})

const listIn = (state: State, what: string): readonly string[] =>
  (state as Readonly<Record<string, readonly string[]>>)[what] ?? []

/** Nobody can read a secret back, so the step is done when the directory made it. */
const newSecret = (graph: GraphClient, known: Known, wanted: WantedSecret): Resource => ({
  read: async ({before, after}) => (known.secretId === undefined ? before : after),
  async write({before}, to) {
    const {objectId = '', secretId} = known
    if (to !== before) {
      const {keyId, secret} = await graph.applications.addSecret(objectId, wanted)
      Object.assign(known, {secretId: keyId, secret})
    } else if (secretId !== undefined) {
      await graph.applications.removeSecret(objectId, secretId)
      delete known.secretId
    }
  },
})

const oldSecret = (graph: GraphClient, known: Known): Resource => ({
  async read({before}) {
    const found = await find(graph, known)
    return found?.secrets.some(({keyId}) => keyId === before) ? before : null
  },
  write: async ({before}) => graph.applications.removeSecret(known.objectId ?? '', String(before)),
})

const place = (graph: GraphClient, known: Known): Resource => ({
  read: async () => ((await find(graph, known)) === undefined ? 'deleted' : 'present'),
  async write(_step, to) {
    const {objectId = ''} = known
    await (to === 'present' ? graph.applications.restore(objectId) : graph.applications.remove(objectId))
  },
})
