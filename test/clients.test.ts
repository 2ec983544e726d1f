import {execFile} from 'node:child_process'
import {writeFileSync} from 'node:fs'
import {dirname, join} from 'node:path'
import {promisify} from 'node:util'
import {afterAll, expect, test} from '@jest/globals'
import {createServerCertificate} from '../src/lib/certificates/create-server-certificate.ts'
import {writePem} from '../src/lib/certificates/write-pem.ts'
import {serveDirectory} from '../src/lib/directory/serve/serve-directory.ts'
import type {Setting} from './parts/client-story.ts'
import {newClient} from './parts/oauth-lab.ts'
import {openTestDirectory, type TestDirectory} from './parts/open-test-directory.ts'
import {serviceParts} from './parts/service-parts.ts'
import {rsaKey, signingIdentity} from './parts/signing-identity.ts'

const closers: (() => Promise<void>)[] = []
afterAll(async () => {
  for (const close of closers) await close()
})

const program = join(import.meta.dirname, 'parts', 'client-story.ts')
const person = {userPrincipalName: 'ada@syfuhs.onmicrosoft.com', password: 'Correct-horse-7'}
const roles = ['Application.ReadWrite.All', 'Directory.ReadWrite.All', 'Domain.ReadWrite.All', 'User.ReadWrite.All']

/** Serves a directory over TLS, by the clock of this machine; gives its origin. */
async function serve(lab: TestDirectory, ca: string): Promise<string> {
  const key = rsaKey()
  const {certificate} = await createServerCertificate({
    subject: 'CN=localhost',
    keySize: 2048,
    notBefore: new Date(Date.now() - 60_000),
    notAfter: new Date(Date.now() + 3_600_000),
    serialNumber: Buffer.alloc(16, 1),
    generateKey: async () => ({privateKey: key}),
    names: ['localhost', '127.0.0.1'],
  })
  const certificates = writePem('CERTIFICATE', certificate.der)
  writeFileSync(ca, certificates)
  const {origin, close} = await serveDirectory({
    ...serviceParts,
    listen: {host: '127.0.0.1', port: 0, isLoopback: true},
    names: [],
    identity: {certificates, key},
    open: async () => ({
      fetch(request) {
        lab.clock.now = new Date()
        return lab.directory.fetch(request)
      },
      check: async () => undefined,
      close: () => lab.close(),
    }),
    served: () => undefined,
    failed: () => undefined,
  })
  closers.push(close)
  return origin
}

test("Microsoft's own clients, which nobody told of this directory, live a whole story with it", async () => {
  const lab = await openTestDirectory()
  const folder = dirname(lab.file)
  const origin = await serve(lab, join(folder, 'ca.pem'))
  const tenant = await lab.newTenant()
  const tool = await newClient(lab, tenant, {roles})
  const device = await newClient(lab, tenant, {scopes: ['User.Read'], isFallbackPublicClient: true})
  await tenant.send('POST', '/users', {
    accountEnabled: true,
    displayName: 'Ada',
    mailNickname: 'ada',
    userPrincipalName: person.userPrincipalName,
    passwordProfile: {password: person.password, forceChangePasswordNextSignIn: false},
  })
  const key = rsaKey()
  const certificate = writePem('CERTIFICATE', (await signingIdentity(key)).certificate.der)
  const setting: Setting = {origin, tenantId: tenant.id, tool, device, person, key, certificate}
  writeFileSync(join(folder, 'setting.json'), JSON.stringify(setting))
  const {stdout} = await promisify(execFile)(process.execPath, [program, join(folder, 'setting.json')], {
    env: {...process.env, NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem')},
  })
  expect(stdout.trim().split('\n')).toEqual([
    'signs in by secret',
    'signs in by certificate',
    'signs in by device code',
    'federates a domain',
    'makes 2,500 users in batches',
    'lists them page by page',
    'follows changes',
    'restores who was deleted',
    'signs a user of the domain in',
    'revokes what was given',
  ])
}, 300_000)
