import {execFileSync} from 'node:child_process'
import {existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {afterEach, describe, expect, test} from '@jest/globals'
import type {DirectoryDoor} from '../src/cli/context.ts'
import {FedctlError} from '../src/lib/errors/fedctl-error.ts'
import type {Transport} from '../src/lib/http/transport.ts'
import type {HttpRequest} from '../src/lib/model/http-message.ts'
import {openWorld, type World, type WorldOptions} from './fedctl.ts'
import {rsaKey, signingIdentity} from './parts/signing-identity.ts'

const pem = signingIdentity(rsaKey()).then(
  ({certificate}) =>
    `-----BEGIN CERTIFICATE-----\n${Buffer.from(certificate.der).toString('base64')}\n-----END CERTIFICATE-----\n`,
)
let world: World
afterEach(() => world.remove())

/** A world with the managed domain contoso.com. */
async function open(options: WorldOptions = {}): Promise<void> {
  world = openWorld(options)
  writeFileSync(join(world.home, 'signing.pem'), await pem)
  for (const line of [
    'new-tenant contoso --domain-verification none',
    'new-domain contoso.com',
    'confirm-domain contoso.com',
  ])
    expect((await world.run(...line.split(' '))).exitCode).toBe(0)
}

const convert = (...more: string[]) => [
  'convert-domain-to-federated',
  'contoso.com',
  ...['--signing-certificate', join(world.home, 'signing.pem')],
  ...['--issuer-uri', 'urn:contoso:com', '--passive-log-on-uri', 'https://127.0.0.1:1/adfs/ls/'],
  ...['--federated-idp-mfa-behavior', 'rejectMfaByFederatedIdp', '--relying-party-folder', join(world.home, 'adfs')],
  '--force',
  ...more,
]
const authentication = async (profile = 'contoso') => {
  const words = ['--output', 'json', '--property', 'authentication', '--profile', profile]
  const {stdout} = await world.run('get-domain', 'contoso.com', ...words)
  return (JSON.parse(stdout) as {authentication: string}[])[0]?.authentication
}
/** The requests that are no mere reads. */
const counting = (changing: string[]) => async (door: DirectoryDoor) => ({
  ...door,
  transport: (request: HttpRequest) => {
    if (request.method !== 'GET') changing.push(request.url)
    return door.transport(request)
  },
})
const plansIn = (ending: string) => readdirSync(join(world.home, 'plans')).filter((name) => name.endsWith(ending))
const files = () => (existsSync(join(world.home, 'adfs')) ? readdirSync(join(world.home, 'adfs')) : [])

describe('a plan that waits for a person', () => {
  test('goes on when somebody says so, and not by another command line', async () => {
    await open()
    expect((await world.run(...convert())).exitCode).toBe(6)
    expect([await authentication(), files().length]).toEqual(['Managed', 2])
    const line = ['convert-domain-to-federated', 'contoso.com', '--identity-provider-ready']
    expect(await world.run(...line)).toMatchObject({exitCode: 5, stderr: expect.stringContaining('PlanUnfinished')})
    expect(await authentication()).toBe('Managed')
    expect((await world.run(...line, '--unfinished', 'finish')).exitCode).toBe(0)
    expect([await authentication(), plansIn('.journal')]).toEqual(['Federated', []])
  })

  test('can be taken back instead', async () => {
    await open()
    await world.run(...convert())
    expect((await world.run('convert-domain-to-federated', 'contoso.com', '--unfinished', 'undo')).exitCode).toBe(0)
    expect([await authentication(), files(), plansIn('.journal')]).toEqual(['Managed', [], []])
  })
})

test('Ctrl-C while the provider does not answer ends the question and undoes what was begun', async () => {
  const ctrlC = new AbortController()
  const network: Transport = ({signal}) =>
    new Promise((_, reject) => {
      signal?.addEventListener('abort', () => reject(new FedctlError('Unreachable', 'No answer came.')))
      ctrlC.abort()
    })
  await open({network, interruption: ctrlC.signal})
  expect(await world.run(...convert())).toMatchObject({exitCode: 130, stderr: expect.stringContaining('undone: write')})
  expect([await authentication(), files(), plansIn('.journal')]).toEqual(['Managed', [], []])
})

describe('a plan that was interrupted', () => {
  async function interrupt(): Promise<void> {
    await world.run(...convert())
    const [name = ''] = plansIn('.journal')
    const file = join(world.home, 'plans', name)
    writeFileSync(file, readFileSync(file, 'utf8').replace(/\n\{"left".*\n/, ''))
  }

  test('is not gone on with unless somebody says how', async () => {
    await open()
    await interrupt()
    const {exitCode, stderr} = await world.run(...convert())
    expect([exitCode, stderr]).toEqual([5, expect.stringContaining('--unfinished finish or --unfinished undo')])
    expect([await authentication(), files().length]).toEqual(['Managed', 2])
    const finished = await world.run(...convert('--unfinished', 'finish', '--identity-provider-ready'))
    expect([finished.exitCode, await authentication()]).toEqual([0, 'Federated'])
  })

  test('is asked about on a terminal', async () => {
    await open({answers: ['undo', 'undo']})
    await interrupt()
    expect((await world.run(...convert())).exitCode).toBe(0)
    expect([await authentication(), files(), plansIn('.journal')]).toEqual(['Managed', [], []])
  })
})

test('when there is nothing to finish or to undo, nothing is begun', async () => {
  await open()
  for (const choice of ['finish', 'undo'])
    expect(await world.run(...convert('--identity-provider-ready', '--unfinished', choice))).toMatchObject({
      exitCode: 3,
      stderr: expect.stringContaining('nothing to finish or undo'),
    })
  expect([await authentication(), files()]).toEqual(['Managed', []])
})

test('no other plan is saved while one is unfinished', async () => {
  await open()
  await world.run(...convert())
  const saved = join(world.home, 'plan.json')
  const {exitCode, stderr} = await world.run(...convert('--out', saved))
  expect([exitCode, stderr, existsSync(saved)]).toEqual([5, expect.stringContaining('PlanUnfinished'), false])
})

test('a journal that cannot be read stops no command that it does not concern', async () => {
  const environment: Record<string, string> = {}
  await open({environment})
  mkdirSync(join(world.home, 'plans'))
  writeFileSync(join(world.home, 'plans', 'x.journal'), '{"journal":2}\n')
  const damaged = expect.stringContaining('x.journal is damaged')
  expect(await world.run('get-domain')).toMatchObject({exitCode: 0, stderr: damaged})
  expect(await world.run(...convert())).toMatchObject({exitCode: 1, stderr: damaged})
  environment['FEDCTL_PROFILE'] = 'nobody'
  expect(await world.run('convert-immutable-id', 'lHh/rEL830q6/mStDnD4uw==')).toMatchObject({exitCode: 0, stderr: ''})
  rmSync(join(world.home, 'plans'), {recursive: true})
  writeFileSync(join(world.home, 'plans'), '')
  environment['FEDCTL_PROFILE'] = ''
  expect(await world.run('get-domain')).toMatchObject({exitCode: 0, stderr: expect.stringContaining('ENOTDIR')})
})

describe('what has come to speak against a plan since it was made', () => {
  const lockOut = () =>
    world.run(
      ...['set-user-principal-name', 'admin@contoso.onmicrosoft.com', '--new-user-principal-name', 'admin@contoso.com'],
    )
  const accept = ['--accept', 'NoAdministratorLeft', '--accept', 'CallerInDomain']
  const refused = {
    exitCode: 5,
    stderr: expect.stringMatching(/PreflightFailed.*NoAdministratorLeft.*CallerInDomain/s),
  }

  test('stops a saved plan unless it is accepted, whatever its file says', async () => {
    await open()
    const saved = join(world.home, 'plan.json')
    await world.run(...convert('--out', saved))
    await lockOut()
    const line = ['convert-domain-to-federated', 'contoso.com', '--plan', saved, '--identity-provider-ready', '--force']
    expect(await world.run(...line)).toMatchObject(refused)
    expect(await world.run(...line, '--what-if')).toMatchObject(refused)
    expect([await authentication(), files(), existsSync(join(world.home, 'plans'))]).toEqual(['Managed', [], false])
    expect(await world.run(...line, ...accept)).toMatchObject({exitCode: 0})
  })

  test('stops a plan that waits, which stays; what was known then does not', async () => {
    await open()
    await world.run(...convert())
    await lockOut()
    const line = ['convert-domain-to-federated', 'contoso.com']
    const goOn = [...line, '--unfinished', 'finish', '--identity-provider-ready']
    expect(await world.run(...goOn)).toMatchObject(refused)
    expect([await authentication(), plansIn('.journal').length]).toEqual(['Managed', 1])
    expect(await world.run(...line, '--unfinished', 'undo')).toMatchObject({exitCode: 0})
    expect((await world.run(...convert(...accept))).exitCode).toBe(6)
    expect(await world.run(...goOn)).toMatchObject({exitCode: 0})
  })
})

test('another plan than the unfinished one is not carried out', async () => {
  await open()
  const saved = join(world.home, 'plan.json')
  await world.run(...convert('--out', saved))
  await world.run(...convert())
  const line = ['convert-domain-to-federated', 'contoso.com', '--identity-provider-ready', '--force', '--plan', saved]
  expect(await world.run(...line)).toMatchObject({exitCode: 5, stderr: expect.stringContaining('PlanUnfinished')})
  expect([await authentication(), plansIn('.journal').length]).toEqual(['Managed', 1])
})

describe('a plan that is kept', () => {
  test('can be taken back by its undo file', async () => {
    await open()
    const {stderr} = await world.run(...convert('--identity-provider-ready'))
    const [, undoFile = ''] = /--plan (\S+\.undo\.json)/.exec(stderr) ?? []
    expect(await authentication()).toBe('Federated')
    const back = await world.run('convert-domain-to-federated', 'contoso.com', '--plan', undoFile, '--force')
    expect([back.exitCode, back.stderr]).toEqual([0, expect.stringContaining('Still to do by hand: take back')])
    expect([await authentication(), files()]).toEqual(['Managed', []])
  })

  test('names its files wholly: it may be carried out from another folder', async () => {
    await open()
    const saved = join(world.home, 'plan.json')
    const folder = join(world.home, 'adfs')
    await world.run(...convert('--out', saved).map((word) => (word === folder ? 'not-made' : word)))
    expect(readFileSync(saved, 'utf8')).toContain(
      JSON.stringify(join(process.cwd(), 'not-made', 'adfs-relying-party.ps1')),
    )
  })

  test('can be taken back by the very line that is printed, also one with blanks and another profile', async () => {
    await open({name: "fedctl's own ", answers: ['yes', 'yes']})
    await world.run('new-tenant', 'other')
    writeFileSync(
      join(world.home, 'profiles.json'),
      readFileSync(join(world.home, 'profiles.json'), 'utf8').replace(/"current": *"contoso"/, '"current": "other"'),
    )
    const settings = convert('--profile', 'contoso')
      .slice(2)
      .filter((word) => !/relying|adfs$/.test(word))
    const authenticate = ['set-domain-authentication', 'contoso.com', '--authentication', 'Federated', ...settings]
    const {stderr, exitCode} = await world.run(...authenticate)
    expect([exitCode, await authentication('contoso')]).toEqual([0, 'Federated'])
    const [, line = ''] = /^To take it back: (.*)$/m.exec(stderr) ?? []
    const words = execFileSync('sh', ['-c', `fedctl() { printf '%s\\0' "$@"; }; ${line}`], {encoding: 'utf8'})
    expect(await world.run(...words.split('\0').slice(0, -1))).toMatchObject({exitCode: 0})
    expect(await authentication('contoso')).toBe('Managed')
  })

  test('is refused when its password file is there by now, before anything is changed', async () => {
    const changing: string[] = []
    await open({through: counting(changing)})
    await world.run(...convert('--identity-provider-ready'))
    await world.run(
      'new-user',
      'ada@contoso.com',
      '--display-name',
      'Ada',
      '--immutable-id',
      'lHh/rEL830q6/mStDnD4uw==',
    )
    const [passwords, saved] = [join(world.home, 'new.txt'), join(world.home, 'plan.json')]
    const line = ['convert-domain-to-standard', 'contoso.com', '--force']
    await world.run(...line, '--skip-user-conversion', 'false', '--password-file', passwords, '--out', saved)
    writeFileSync(passwords, 'mine')
    changing.length = 0
    const error = expect.stringMatching(/^Error \(FileExists\): .*new.txt/)
    expect(await world.run(...line, '--plan', saved)).toMatchObject({exitCode: 2, stderr: error})
    expect([changing, plansIn('.journal')]).toEqual([[], []])
  })

  test('is refused when it is stale, and changes nothing', async () => {
    await open()
    const saved = join(world.home, 'plan.json')
    await world.run(...convert('--out', saved))
    expect([await authentication(), files()]).toEqual(['Managed', []])
    await world.run(...convert('--identity-provider-ready', '--federation-brand-name', 'Other'))
    const stale = await world.run('convert-domain-to-federated', 'contoso.com', '--plan', saved, '--force')
    expect([stale.exitCode, stale.stderr]).toEqual([5, expect.stringContaining('federationBrandName is "Other"')])
    expect(plansIn('.journal')).toEqual([])
  })

  test('with --what-if sends nothing that changes anything', async () => {
    const changing: string[] = []
    await open({through: counting(changing)})
    changing.length = 0
    expect((await world.run(...convert('--what-if'))).exitCode).toBe(0)
    expect([changing, files()]).toEqual([[], []])
  })
})

const samples = join(process.cwd(), '..', 'shared', 'samples', 'wsfed')
const metadata = existsSync(samples)
  ? readdirSync(samples).filter((name) => name.endsWith('FederationMetadata.xml'))
  : []
;(metadata.length > 0 ? test.each(metadata) : test.skip.each(['no samples']))(
  'the metadata of another implementation converts a domain: %s',
  async (name) => {
    await open({now: () => new Date()})
    const {exitCode, stderr} = await world.run(
      ...[
        'convert-domain-to-federated',
        'contoso.com',
        '--metadata',
        join(samples, name),
        '--accept',
        'AddressNotHttps',
      ],
      ...['--federated-idp-mfa-behavior', 'rejectMfaByFederatedIdp', '--identity-provider-ready', '--force'],
    )
    expect([exitCode, stderr]).toEqual([0, expect.anything()])
    expect(await authentication()).toBe('Federated')
  },
)
