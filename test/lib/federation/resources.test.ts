import {mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterEach, beforeEach, describe, expect, test} from '@jest/globals'
import {
  federationSettingsKind,
  settingsStep,
  toSettingsState,
} from '../../../src/lib/federation/federation-settings-resource.ts'
import {fileResource, fileStep} from '../../../src/lib/federation/file-resource.ts'
import {
  type RelyingPartyProbe,
  relyingPartyResource,
  relyingPartyStep,
} from '../../../src/lib/federation/relying-party-resource.ts'
import {passwordStep, userPasswordKind} from '../../../src/lib/federation/user-password-resource.ts'
import type {Transport} from '../../../src/lib/http/transport.ts'
import type {Resource} from '../../../src/lib/plan/plan.ts'
import {runPlan} from '../../../src/lib/plan/run-plan.ts'
import {type ConversionWorld, makeConversionWorld, openConversionWorld} from '../../parts/conversion-world.ts'
import {planOf} from '../../parts/plan-world.ts'
import {rsaKey, signingIdentity} from '../../parts/signing-identity.ts'
import {adfs} from '../../parts/trust-facts.ts'

let folder = ''
let world: ConversionWorld
let through: (transport: Transport) => Transport = (transport) => transport
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'fedctl-resources-'))
  through = (transport) => transport
  await makeConversionWorld(folder)
  world = await openConversionWorld(folder, (transport) => (request) => through(transport)(request))
})
afterEach(async () => {
  await world.close()
  rmSync(folder, {recursive: true})
})

const resource = (kind: string, isFirstRun = true): Resource => {
  const found = world.resources(isFirstRun)[kind]
  if (found === undefined) throw new Error(`there is no resource for ${kind}`)
  return found
}

describe('the trust of a domain', () => {
  const certificate = signingIdentity(rsaKey()).then(({certificate: {der}}) => Buffer.from(der).toString('base64'))
  const step = async () =>
    settingsStep('contoso.com', 'federate', {before: null, after: toSettingsState(adfs(await certificate))})

  test('is made, changed as a whole, and taken away', async () => {
    const one = await step()
    const trust = resource(federationSettingsKind)
    await trust.write(one, one.after)
    expect(await trust.read(one)).toEqual(one.after)
    const {logOffUri: _gone, ...others} = adfs(await certificate)
    for (const isSignedAuthenticationRequestRequired of [true, false]) {
      const changed = toSettingsState({...others, federationBrandName: 'New', isSignedAuthenticationRequestRequired})
      await trust.write({...one, before: one.after, after: changed}, changed)
      expect(await trust.read({...one, before: one.after, after: changed})).toEqual(changed)
    }
    const change = {...one, before: one.after, after: {}}
    await trust.write(change, null)
    expect(await trust.read(change)).toBeNull()
  })

  test('that is federated without settings is not taken for a managed one, and can be made whole', async () => {
    const one = await step()
    const trust = resource(federationSettingsKind, false)
    await trust.write(one, {...adfs(await certificate), issuerUri: 'urn:other'})
    let isBroken = true
    through = (transport) => async (request) => {
      if (request.method === 'PATCH') isBroken = false
      const isSettings = request.method === 'GET' && request.url.endsWith('/federationConfiguration')
      return isBroken && isSettings ? {status: 200, headers: {}, body: '{"value":[]}'} : transport(request)
    }
    expect(await trust.read(one)).toBe('federated, without settings')
    await trust.write(one, one.after)
    expect(await trust.read(one)).toEqual(one.after)
  })

  test('that somebody else made just before is neither changed nor taken away', async () => {
    const one = await step()
    const theirs = {...adfs(await certificate), issuerUri: 'urn:theirs'}
    let isFirst = true
    through = (transport) => async (request) => {
      if (isFirst && request.method === 'POST') {
        isFirst = false
        await world.graph.federationSettings.create('contoso.com', theirs)
      }
      return transport(request)
    }
    await expect(runPlan(planOf(one), world.resources(true))).rejects.toMatchObject({code: 'Refused'})
    expect(await world.graph.federationSettings.find('contoso.com')).toMatchObject({issuerUri: 'urn:theirs'})
    for (const to of [one.after, toSettingsState(theirs)])
      await expect(resource(federationSettingsKind).write(one, to)).rejects.toMatchObject({code: 'AlreadyExists'})
  })

  test('that a refused creation leaves without settings is taken away', async () => {
    const one = await step()
    let isLeft = false
    through = (transport) => async (request) => {
      if (isLeft && request.method === 'GET' && request.url.endsWith('/federationConfiguration'))
        return {status: 200, headers: {}, body: '{"value":[]}'}
      const answer = await transport(request)
      isLeft = isLeft || request.method === 'POST'
      return request.method === 'POST' ? {...answer, status: 400} : answer
    }
    await expect(runPlan(planOf(one), world.resources(true))).rejects.toMatchObject({code: 'PlanFailed'})
    expect(await world.graph.domains.get('contoso.com')).toMatchObject({authentication: 'Managed'})
  })

  test('is not written from a plan that holds something else', async () => {
    const one = await step()
    await expect(
      resource(federationSettingsKind).write(one, {issuerUri: 'urn:x', password: 'p'}),
    ).rejects.toMatchObject({
      code: 'PlanUnreadable',
    })
  })
})

describe('a new password', () => {
  const file = () => join(folder, 'passwords')
  const ada = () => passwordStep('ada@contoso.com', file())

  test('stands in a file for the owner alone and is the one that the directory has', async () => {
    const sent: string[] = []
    through = (transport) => (request) => {
      if (request.method === 'PATCH') sent.push(`${request.body} ${readFileSync(file(), 'utf8')}`)
      return transport(request)
    }
    const passwords = resource(userPasswordKind)
    expect(await passwords.read(ada())).toBeNull()
    await passwords.write(ada(), ada().after)
    expect(await passwords.read(ada())).toEqual(ada().after)
    expect(readFileSync(file(), 'utf8')).toBe('ada@contoso.com\tPassw0rd-true-1\n')
    expect(statSync(file()).mode & 0o777).toBe(0o600)
    expect(sent).toEqual([
      expect.stringMatching(/Passw0rd-true-1.*forceChange.*true.*ada@contoso.com\tPassw0rd-true-1/s),
    ])
  })

  test('never goes into a file that is there already', async () => {
    writeFileSync(file(), 'mine')
    await expect(resource(userPasswordKind).read(ada())).rejects.toMatchObject({code: 'FileExists'})
    await expect(resource(userPasswordKind).write(ada(), ada().after)).rejects.toMatchObject({code: 'FileExists'})
    expect(readFileSync(file(), 'utf8')).toBe('mine')
    const nowhere = passwordStep('ada@contoso.com', join(folder, 'nowhere', 'passwords'))
    await expect(resource(userPasswordKind).read(nowhere)).rejects.toMatchObject({code: 'FileMissing'})
  })

  test('that the directory refuses leaves no line', async () => {
    const passwords = resource(userPasswordKind)
    await passwords.write(ada(), ada().after)
    const nobody = passwordStep('nobody@contoso.com', file())
    await expect(passwords.write(nobody, nobody.after)).rejects.toMatchObject({code: 'NotFound'})
    expect(await passwords.read(nobody)).toBeNull()
    expect(readFileSync(file(), 'utf8')).toBe('ada@contoso.com\tPassw0rd-true-1\n')
  })

  test('that may have arrived keeps its line, and is the same when the plan goes on', async () => {
    through = (transport) => async (request) => {
      const answer = await transport(request)
      return request.method === 'PATCH' ? {...answer, status: 503} : answer
    }
    await expect(resource(userPasswordKind).write(ada(), ada().after)).rejects.toMatchObject({code: 'ServiceFailure'})
    through = (transport) => transport
    writeFileSync(file(), `${readFileSync(file(), 'utf8')}bob@contoso.com\tPassw`)
    const goingOn = resource(userPasswordKind, false)
    await goingOn.write(ada(), ada().after)
    const bob = passwordStep('bob@contoso.com', file())
    await goingOn.write(bob, bob.after)
    expect(readFileSync(file(), 'utf8')).toBe('ada@contoso.com\tPassw0rd-true-1\nbob@contoso.com\tPassw0rd-false-1\n')
  })
})

describe('a file for the identity provider', () => {
  const step = () => fileStep(join(folder, 'new', 'adfs.ps1'), 'text', null)

  test('is written whole, in a folder that is made for it, and taken away', async () => {
    expect(await fileResource.read(step())).toBeNull()
    await fileResource.write(step(), 'text')
    expect(await fileResource.read(step())).toBe('text')
    await fileResource.write(step(), null)
    expect(readdirSync(join(folder, 'new'))).toEqual([])
  })

  test('whose draft a kill has left is neither there nor gone, and the draft is taken away', async () => {
    await fileResource.write(step(), 'text')
    writeFileSync(`${step().target}.fedctl-draft`, 'te')
    expect(await fileResource.read(step())).toEqual({draft: expect.any(String)})
    await fileResource.write(step(), null)
    expect(readdirSync(join(folder, 'new'))).toEqual([])
  })

  test('that cannot be written says so', async () => {
    const one = fileStep(join(folder, 'directory.sqlite', 'x'), 'text', null)
    await expect(fileResource.write(one, 'text')).rejects.toMatchObject({code: 'FileFailure'})
  })
})

test.each([
  ['to be set up', 'WsFed', 'No form.', false, expect.stringMatching(/^No form\. .*--identity-provider-ready/)],
  ['that is set up', 'WsFed', undefined, false, undefined],
  ['that is asked for by SAML', 'Samlp', 'asked by Samlp', false, expect.stringContaining('asked by Samlp')],
  ['that somebody says is set up', 'WsFed', 'No form.', true, undefined],
  ['to be removed', null, 'No answer.', false, 'Nobody has said that it is done.'],
  ['that somebody says is removed', null, undefined, true, undefined],
] as const)('a relying party %s', async (_what, after, found, isDone, missing) => {
  const probe: RelyingPartyProbe = async (_, by) => found?.replace(/asked.*/, `asked by ${by}`)
  const {waitingFor} = relyingPartyResource(probe, isDone)
  expect(await waitingFor?.(relyingPartyStep('https://sts', 'do it', {before: null, after}))).toEqual(missing)
})
