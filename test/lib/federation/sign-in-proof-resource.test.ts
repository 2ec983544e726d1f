import {mkdtempSync, readFileSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {DatabaseSync} from 'node:sqlite'
import {afterEach, beforeEach, expect, test} from '@jest/globals'
import type {Transport} from '../../../src/lib/http/transport.ts'
import type {Plan} from '../../../src/lib/plan/plan.ts'
import {runPlan} from '../../../src/lib/plan/run-plan.ts'
import {type ConversionWorld, makeConversionWorld, openConversionWorld} from '../../parts/conversion-world.ts'

let folder = ''
let world: ConversionWorld
let plan: Plan
let through: (transport: Transport) => Transport
const sent: string[] = []
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'fedctl-proof-'))
  sent.length = 0
  through = (transport) => transport
  await makeConversionWorld(folder)
  world = await openConversionWorld(folder, (transport) => async (request) => {
    if (/login\.srf|sessions/.test(request.url)) sent.push(`${request.method} ${new URL(request.url).pathname}`)
    return through(transport)(request)
  })
  plan = await world.plan('to federated')
})
afterEach(async () => {
  await world.close()
  rmSync(folder, {recursive: true})
})

const rows = (query: string) => {
  const database = new DatabaseSync(join(folder, 'directory.sqlite'), {readOnly: true})
  try {
    return database.prepare(query).all()
  } finally {
    database.close()
  }
}
const run = () => runPlan(plan, world.resources(true))
const failed = {code: 'PlanFailed', message: expect.stringContaining('failed at "prove by a token" (ada@contoso.com)')}
const authentication = async () => (await world.graph.domains.get('contoso.com')).authentication

/** The plan with other words in its proof. */
const withProof = (more: object): Plan => ({
  ...plan,
  steps: plan.steps.map((step) => (step.proof ? {...step, after: {...(step.after as object), ...more}} : step)),
})

test.each(['WsFed', 'Samlp'])(
  'a token is presented once by %s, seen in the log, and its session is ended',
  async (protocol) => {
    plan = withProof({protocol})
    expect((await run()).at(-1)).toBe('done')
    expect(sent).toEqual(['POST /login.srf', expect.stringMatching(/^DELETE \/fedctl\/v1\/sessions\/[\w-]{36}$/)])
    expect(rows('select userPrincipalName, errorCode from signIns')).toEqual([
      {userPrincipalName: 'ada@contoso.com', errorCode: 0},
    ])
    expect(rows('select * from sessions')).toEqual([])
    expect(JSON.stringify(plan)).not.toContain(readFileSync(join(folder, 'signing.key'), 'utf8').split('\n')[1])
  },
)

test('a token that is refused undoes the trust, and says why', async () => {
  plan = withProof({immutableId: 'bm9ib2R5'})
  await expect(run()).rejects.toMatchObject({...failed, message: expect.stringContaining('AADSTS51004: ')})
  expect([await authentication(), sent]).toEqual(['Managed', ['POST /login.srf']])
  expect(rows('select errorCode from signIns')).toEqual([{errorCode: 51004}])
})

test('a token that signs in somebody else proves nothing', async () => {
  plan = withProof({immutableId: '1HhRELdummy=='})
  await expect(run()).rejects.toMatchObject({...failed, message: expect.stringContaining('signedIn is "bob@')})
  expect([await authentication(), rows('select * from sessions')]).toEqual(['Managed', []])
})

test('a session that cannot be ended undoes the trust', async () => {
  through = (transport) => async (request) =>
    request.url.includes('/sessions/') ? {status: 404, headers: {}, body: ''} : transport(request)
  await expect(run()).rejects.toMatchObject(failed)
  expect(await authentication()).toBe('Managed')
})
