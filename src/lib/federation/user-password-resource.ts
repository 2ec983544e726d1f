import {appendFile, lstat, readFile, stat, truncate} from 'node:fs/promises'
import {dirname} from 'node:path'
import {FedctlError} from '../errors/fedctl-error.ts'
import {isRefusal} from '../errors/is-refusal.ts'
import type {UsersClient} from '../graph/users.ts'
import {upnKey} from '../model/user-principal-name.ts'
import type {Resource, State, Step} from '../plan/plan.ts'

/** The kind of step that gives a user a new password: its target is the UPN, its state the file in which the password stands. */
export const userPasswordKind = 'user password'

/** One step that gives a user a new password and writes it into a file. */
export const passwordStep = (userPrincipalName: string, passwordFile: string): Step => ({
  side: 'directory',
  kind: userPasswordKind,
  target: userPrincipalName,
  action: 'reset the password',
  manual: false,
  before: null,
  after: {passwordIn: passwordFile},
  irreversible: 'a password cannot be restored; the new one may stand in the password file',
})

/** Where passwords come from and where they are written down. */
export interface PasswordOptions {
  readonly newPassword: () => string
  /** The plan begins: its password file must not be there yet. A plan that goes on has made it already. */
  readonly isFirstRun: boolean
  /** Passwords are written to the file; without it the requests can be shown and nothing is left behind. */
  readonly keepsPasswords: boolean
}

/**
 * Gives users new passwords, which they have to change at once. Each stands in the file (0600, a line of UPN, tab, password) and on the
 * disk before the directory is told, so that none is lost. Reading in a first run already throws what verifyNewPasswordFile does.
 */
export function userPasswordResource(users: UsersClient, options: PasswordOptions): Resource {
  const lists = new Map<string, Promise<PasswordList>>()
  const listOf = (step: Step): Promise<PasswordList> => {
    const path = pathIn(step.after)
    const list = lists.get(path) ?? openPasswordList(path, options.isFirstRun)
    lists.set(path, list)
    return list
  }
  return {
    read: async (step) => ((await listOf(step)).passwords.has(upnKey(step.target)) ? step.after : null),
    async write(step, to) {
      if (to === null) throw new FedctlError('Refused', `The password of ${step.target} cannot be restored.`)
      if (!options.keepsPasswords)
        return users.setPassword(step.target, {password: options.newPassword(), forceChange: true})
      const {passwords, add, removeLast} = await listOf(step)
      const known = passwords.get(upnKey(step.target))
      const password = known ?? options.newPassword()
      if (known === undefined) await add(step.target, password)
      try {
        await users.setPassword(step.target, {password, forceChange: true})
      } catch (error) {
        if (known === undefined && isRefusal(error)) await removeLast(step.target)
        throw error
      }
    },
  }
}

/** Checks that a file for new passwords is not there yet, and its folder is. Throws FileExists, FileMissing. */
export async function verifyNewPasswordFile(path: string): Promise<void> {
  const [file, folder] = await filed(path, () =>
    Promise.all([lstat(path).catch(nothingWhenMissing), stat(dirname(path)).catch(nothingWhenMissing)]),
  )
  if (file !== undefined)
    throw new FedctlError('FileExists', `${path} exists; passwords are never written over another file.`)
  if (folder?.isDirectory() !== true)
    throw new FedctlError('FileMissing', `There is no folder ${dirname(path)} for the password file.`)
}

function pathIn(state: State): string {
  const path = (state as {readonly passwordIn?: unknown} | null)?.passwordIn
  if (typeof path === 'string') return path
  throw new FedctlError('PlanUnreadable', 'The plan names no file for a new password.')
}

interface PasswordList {
  readonly passwords: ReadonlyMap<string, string>
  add(userPrincipalName: string, password: string): Promise<void>
  removeLast(userPrincipalName: string): Promise<void>
}

async function openPasswordList(path: string, isNew: boolean): Promise<PasswordList> {
  if (isNew) await verifyNewPasswordFile(path)
  const text = isNew ? '' : ((await filed(path, () => readFile(path, 'utf8').catch(nothingWhenMissing))) ?? '')
  // A line that a kill has torn was never told to the directory.
  const whole = text.slice(0, text.lastIndexOf('\n') + 1)
  if (whole !== text) await filed(path, () => truncate(path, Buffer.byteLength(whole)))
  const lines = whole.split('\n').filter((line) => line !== '')
  const passwords = new Map(lines.map((line) => [upnKey(line.split('\t')[0] ?? ''), line.split('\t')[1] ?? '']))
  let length = Buffer.byteLength(whole)
  let lastLength = 0
  let flag = isNew ? 'ax' : 'a'
  return {
    passwords,
    async add(userPrincipalName, password) {
      const line = `${userPrincipalName}\t${password}\n`
      await filed(path, () => appendFile(path, line, {flag, mode: 0o600, flush: true}))
      flag = 'a'
      lastLength = Buffer.byteLength(line)
      length += lastLength
      passwords.set(upnKey(userPrincipalName), password)
    },
    async removeLast(userPrincipalName) {
      await filed(path, () => truncate(path, length - lastLength))
      length -= lastLength
      passwords.delete(upnKey(userPrincipalName))
    },
  }
}

const nothingWhenMissing = (error: NodeJS.ErrnoException): undefined => {
  if (error.code !== 'ENOENT' && error.code !== 'ENOTDIR') throw error
}

async function filed<Result>(path: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (cause) {
    const {code, message} = cause as NodeJS.ErrnoException
    if (code === 'EEXIST') throw new FedctlError('FileExists', `The password file ${path} is there already.`, {cause})
    throw new FedctlError('FileFailure', `The password file ${path} cannot be used: ${message}`, {cause})
  }
}
