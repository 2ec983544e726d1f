import {generateKeyPairSync} from 'node:crypto'
import {readdirSync, readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {afterEach, expect, test} from '@jest/globals'
import type {DirectoryDoor} from '../src/cli/context.ts'
import {openWorld, type World, type WorldOptions} from './fedctl.ts'

let world: World
let sent: string[] = []
afterEach(() => world.remove())

/** A world with the managed domain contoso.com, a user who may sign in, and a key in a PFX. */
async function open(door: Partial<DirectoryDoor> = {}, options: WorldOptions = {}): Promise<void> {
  const through = async (inner: DirectoryDoor): Promise<DirectoryDoor> => ({
    ...inner,
    ...door,
    transport: (request) => {
      if (request.method !== 'GET') sent.push(`${request.method} ${new URL(request.url).pathname.slice(0, 20)}`)
      return inner.transport(request)
    },
  })
  world = openWorld({through, ...options})
  writeFileSync(join(world.home, 'passphrase.txt'), 'correct horse\n')
  const [path, passphrase] = [join(world.home, 'signing'), join(world.home, 'passphrase.txt')]
  for (const line of [
    'new-tenant contoso --domain-verification none',
    'new-domain contoso.com',
    'confirm-domain contoso.com',
    'new-user ada@contoso.com --display-name Ada --immutable-id AAECAwQFBgcICQoLDA0ODw==',
    `new-signing-certificate contoso.com --path ${path} --passphrase-file ${passphrase}`,
  ])
    expect(await world.run(...line.split(' '))).toMatchObject({exitCode: 0})
  sent = []
}

const convert = (...more: readonly string[]) =>
  world.run(
    ...['convert-domain-to-federated', 'contoso.com', '--signing-certificate', join(world.home, 'signing.pem')],
    ...['--issuer-uri', 'urn:contoso:com', '--passive-log-on-uri', 'https://127.0.0.1:1/adfs/ls/'],
    ...['--federated-idp-mfa-behavior', 'rejectMfaByFederatedIdp', '--identity-provider-ready', '--force'],
    ...more,
  )
const withPfx = () => [
  ...['--signing-key', join(world.home, 'signing.pfx'), '--passphrase-file', join(world.home, 'passphrase.txt')],
]

test('a key in a PFX is opened, and the token is in no output and in no file', async () => {
  await open()
  const {exitCode, stdout, stderr} = await convert(...withPfx(), '--debug')
  expect([exitCode, stderr]).toEqual([0, expect.stringMatching(/^POST \/login\.srf → 200/m)])
  expect(sent).toEqual(['POST /v1.0/domains/contos', 'POST /login.srf', 'DELETE /fedctl/v1/sessions/'])
  const files = readdirSync(join(world.home, 'plans')).map((name) => readFileSync(join(world.home, 'plans', name)))
  const seen = [stdout, stderr, ...files].join()
  expect(seen).not.toMatch(/Assertion|SignatureValue|PRIVATE KEY|correct horse|signing\.pfx/)
})

test('the passphrase is asked for once', async () => {
  await open({}, {answers: ['correct horse']})
  expect(await convert('--signing-key', join(world.home, 'signing.pfx'))).toMatchObject({exitCode: 0})
})

test('a refused token is posted once, though its answer is 401', async () => {
  await open()
  const plan = join(world.home, 'plan.json')
  await convert(...withPfx(), '--out', plan)
  await world.run('set-user', 'ada@contoso.com', '--block-credential', 'true')
  sent = []
  const words = ['convert-domain-to-federated', 'contoso.com', '--plan', plan, '--identity-provider-ready', '--force']
  const outcome = await world.run(...words, '--passphrase-file', join(world.home, 'passphrase.txt'))
  expect(outcome).toMatchObject({exitCode: 1, stderr: expect.stringMatching(/PlanFailed.*AADSTS50057/)})
  expect(sent.filter((line) => line.includes('login'))).toHaveLength(1)
})

test('a saved plan is refused when another key is in its file by now', async () => {
  await open()
  const plan = join(world.home, 'plan.json')
  await convert(...withPfx(), '--out', plan)
  const {privateKey} = generateKeyPairSync('ec', {namedCurve: 'P-256'})
  writeFileSync(join(world.home, 'signing.pfx'), privateKey.export({format: 'pem', type: 'pkcs8'}))
  sent = []
  const outcome = await world.run('convert-domain-to-federated', 'contoso.com', '--plan', plan, '--force')
  expect(outcome).toMatchObject({exitCode: 5, stderr: expect.stringContaining('SigningKeyForeign')})
  expect(sent).toEqual([])
})

test('a directory that takes no tokens is shown none, and the plan says so', async () => {
  await open({takesTokens: false})
  const {exitCode, stdout} = await convert(...withPfx(), '--what-if')
  expect([exitCode, stdout]).toEqual([0, expect.stringContaining('information TrustNotProven')])
  expect(await convert(...withPfx())).toMatchObject({exitCode: 0})
  expect(sent).toHaveLength(1)
})
