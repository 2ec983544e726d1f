import {randomBytes, randomUUID} from 'node:crypto'
import {openDirectory} from '../../src/lib/directory/open-directory.ts'
import {type Send, sender} from './open-test-directory.ts'
import {newProvider} from './sign-in-lab.ts'

/** A tenant with the federated domain syfuhs.net, in a directory as a process opens one: real time, real randomness. */
export interface Crowd {
  readonly tenantId: string
  readonly send: Send
  close(): Promise<void>
}

/** Opens the directory in a file: with a new tenant, or with the one of that id. */
export async function openCrowd(file: string, known?: string): Promise<Crowd> {
  const directory = await openDirectory({
    store: file,
    uid: process.geteuid?.(),
    now: () => new Date(),
    newId: () => randomUUID(),
    randomBytes: (size) => randomBytes(size),
    resolveTxt: async () => [],
  })
  const tenantId = known ?? (await newTenant(sender(directory, directory.ticketFor({}))))
  const send = sender(directory, directory.ticketFor({tenantId}))
  if (known === undefined) await federateDomain(send)
  return {tenantId, send, close: () => directory.close()}
}

async function newTenant(send: Send): Promise<string> {
  const tenant = {displayName: 'Syfuhs', initialDomain: 'syfuhs.onmicrosoft.com', domainVerification: 'none'}
  return String((await send('POST', '/fedctl/v1/tenants', tenant)).json['id'])
}

async function federateDomain(send: Send): Promise<void> {
  const {issuer: issuerUri, certificate: signingCertificate} = await newProvider('urn:syfuhs')
  await send('POST', '/domains', {id: 'syfuhs.net'})
  await send('POST', '/domains/syfuhs.net/verify')
  const trust = {issuerUri, signingCertificate, passiveSignInUri: 'https://sts.test/ls/'}
  const {status, text} = await send('POST', '/domains/syfuhs.net/federationConfiguration', trust)
  if (status !== 201) throw new Error(text)
}

export const crowdName = (number: number): string => `user${number}@syfuhs.net`
/** A GUID in base 64, as synchronisation makes one; which one follows from the number. */
export const crowdImmutableId = (number: number): string => {
  const bytes = Buffer.alloc(16)
  // Spread over the whole range, as those of a directory on premises are.
  bytes.writeUInt32LE(Math.imul(number + 1, 0x9e3779b1) >>> 0, 0)
  bytes.writeUInt32LE(number, 12)
  return bytes.toString('base64')
}

/** A federated user as synchronisation makes one. */
export const crowdUser = (number: number) => ({
  accountEnabled: true,
  displayName: `User ${number}`,
  givenName: 'User',
  surname: `${number}`,
  mailNickname: `user${number}`,
  userPrincipalName: crowdName(number),
  onPremisesImmutableId: crowdImmutableId(number),
})

/** A $batch that makes the users of these numbers; the ids of its requests are the numbers. */
export const crowdBatch = (numbers: readonly number[]): object => ({
  requests: numbers.map((number) => ({
    id: `${number}`,
    method: 'POST',
    url: '/users',
    headers: {'Content-Type': 'application/json'},
    body: crowdUser(number),
  })),
})

/** Makes the users between two numbers through $batches of twenty, one after the other; tells the numbers of each that was acknowledged. */
export async function makeCrowd(
  {send}: Crowd,
  [from, to]: readonly [number, number],
  acknowledged: (numbers: readonly number[]) => unknown = () => undefined,
): Promise<void> {
  for (let first = from; first < to; first += 20) {
    const numbers = Array.from({length: Math.min(20, to - first)}, (_, index) => first + index)
    const {json} = await send('POST', '/$batch', crowdBatch(numbers))
    const responses = json['responses'] as {id: string; status: number; body: unknown}[]
    for (const {status, body} of responses) if (status !== 201) throw new Error(JSON.stringify(body))
    acknowledged(responses.map(({id}) => Number(id)))
  }
}
