import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, beforeAll, expect, test} from '@jest/globals'
import type {Outcome} from './fedctl.ts'
import {type DnsServer, openDnsServer} from './parts/dns-server.ts'
import {runBin} from './parts/run-bin.ts'

let dns: DnsServer
const home = mkdtempSync(join(tmpdir(), 'fedctl-'))
const fedctl = (...argv: readonly string[]): Promise<Outcome> =>
  runBin(argv, {FEDCTL_HOME: home, FEDCTL_DNS_SERVER: dns.address})

beforeAll(async () => {
  dns = await openDnsServer()
})
afterAll(() => {
  dns.close()
  rmSync(home, {recursive: true})
})

test('a domain is verified by the TXT record that a real resolver finds', async () => {
  await fedctl('new-tenant', 'contoso')
  await fedctl('new-domain', 'fabrikam.example')
  expect((await fedctl('confirm-domain', 'fabrikam.example')).exitCode).toBe(5)

  const {stdout} = await fedctl('get-domain-verification-dns', 'fabrikam.example', '--query', '[0].text', '-o', 'json')
  const value = JSON.parse(stdout) as string
  expect(value).toMatch(/^MS=ms\d{8}$/)
  dns.txt.set('fabrikam.example', [['v=spf1 -all'], [value.slice(0, 4), value.slice(4)]])

  expect(await fedctl('confirm-domain', 'fabrikam.example', '--property', 'status')).toMatchObject({
    exitCode: 0,
    stdout: 'Status : Verified\n',
  })
})
