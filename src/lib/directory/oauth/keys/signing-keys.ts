import type {Services} from '../../api/call.ts'
import type {Queries} from '../../store/schema.ts'
import {
  addSigningKey,
  changeSigningKey,
  listSigningKeys,
  removeSigningKey,
  type StoredSigningKey,
} from '../../store/signing-keys.ts'
import {newKey} from './new-key.ts'
import {endingAt, planKeys, shortestNoticeMilliseconds, timesFrom} from './plan-keys.ts'

/** The key that signs now. The first one is made when it is needed, the next one in time to be known before it signs. */
export async function getSigningKey(services: Services): Promise<StoredSigningKey> {
  const {signing} = planKeys(await listPublishedKeys(services), services.now())
  if (signing === undefined) throw new Error('there is no key to sign with, although one was made')
  return signing
}

/** The keys that tokens may be signed with now and soon, and those whose tokens still live; the newest first. */
export async function listPublishedKeys(services: Services): Promise<StoredSigningKey[]> {
  const keys = await services.store.read((db) => listSigningKeys(db, services.now()))
  if (planKeys(keys, services.now()).nextFrom === undefined) return keys
  // Made before the change, so that nobody waits for it.
  const made = await newKey()
  return services.store.change(async (db) => {
    const current = await listSigningKeys(db, services.now())
    const {nextFrom} = planKeys(current, services.now())
    if (nextFrom === undefined) return current
    await addSigningKey(db, {...made, createdDateTime: services.now().toISOString(), ...timesFrom(nextFrom)})
    return listSigningKeys(db, services.now())
  })
}

/**
 * Makes a new key before its time. It signs from tomorrow on, and the others end then; when they are `withdrawn`, because somebody else may
 * have them, it signs at once and no token of theirs counts any more.
 */
export async function rollSigningKeys(services: Services, withdrawn: boolean): Promise<StoredSigningKey[]> {
  const made = await newKey()
  return services.store.change(async (db) => {
    const now = services.now()
    const from = await endOthers(db, now, withdrawn)
    await addSigningKey(db, {...made, createdDateTime: now.toISOString(), ...timesFrom(from)})
    return listSigningKeys(db, now)
  })
}

async function endOthers(db: Queries, now: Date, withdrawn: boolean): Promise<Date> {
  const keys = await listSigningKeys(db, now)
  const hasSigning = planKeys(keys, now).signing !== undefined
  const from = hasSigning && !withdrawn ? new Date(now.getTime() + shortestNoticeMilliseconds) : now
  for (const {kid, signsFromDateTime, signsUntilDateTime} of keys) {
    if (withdrawn || signsFromDateTime >= from.toISOString()) await removeSigningKey(db, kid)
    else if (signsUntilDateTime > from.toISOString()) await changeSigningKey(db, kid, endingAt(from))
  }
  return from
}
