import {execFileSync} from 'node:child_process'
import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, beforeAll, expect, test} from '@jest/globals'
import {runBin} from '../parts/run-bin.ts'

const peer = join(process.cwd(), '..', 'shared', 'peers', 'dns')
const state = mkdtempSync(join(tmpdir(), 'peer-dns-'))
const home = mkdtempSync(join(tmpdir(), 'fedctl-'))
let server = ''

beforeAll(() => {
  server = (JSON.parse(execFileSync(join(peer, 'start.sh'), [state], {encoding: 'utf8'})) as {server: string}).server
})
afterAll(() => {
  execFileSync(join(peer, 'stop.sh'), [state, '--purge'])
  rmSync(home, {recursive: true})
})

test('BIND: a domain is verified once its record is there, and not before', async () => {
  const fedctl = (...argv: readonly string[]) => runBin(argv, {FEDCTL_HOME: home, FEDCTL_DNS_SERVER: server})
  await fedctl('new-tenant', 'contoso')
  await fedctl('new-domain', 'fabrikam.test')
  expect((await fedctl('confirm-domain', 'fabrikam.test')).exitCode).toBe(5)
  const {stdout} = await fedctl('get-domain-verification-dns', 'fabrikam.test', '--output', 'json')
  const [record] = JSON.parse(stdout) as {text: string}[]
  execFileSync(join(peer, 'record.sh'), [state, 'add', 'fabrikam.test', 'TXT', record?.text ?? ''])
  expect((await fedctl('confirm-domain', 'fabrikam.test')).exitCode).toBe(0)
  // A zone that the resolver refuses to answer for is not a proof.
  await fedctl('new-domain', 'elsewhere.example')
  expect((await fedctl('confirm-domain', 'elsewhere.example')).exitCode).toBe(5)
})
