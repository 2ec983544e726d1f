import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {expect, test} from '@jest/globals'
import {commandTable} from '../src/cli/command-table.ts'
import {runBin} from './parts/run-bin.ts'

test('the quickstart federates a domain by the lines it prints, and leaves everything in its folder', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'fedctl-'))
  try {
    const {exitCode, stdout, stderr} = await runBin(['quickstart', '--folder', folder], {})
    expect({exitCode, stderr}).toMatchObject({exitCode: 0})
    const printed = [...stdout.matchAll(/^\$ fedctl (\S+)/gm)].map(([, id = '']) => id)
    expect(printed.length).toBeGreaterThan(10)
    expect(printed.filter((id) => !(id in commandTable))).toEqual([])
    expect(stderr).toContain('prove by a token steve@syfuhs.net: done\n')
    const {stdout: domain} = await runBin(['get-domain', 'syfuhs.net', '-o', 'json'], {FEDCTL_HOME: folder})
    expect(JSON.parse(domain)).toMatchObject([{name: 'syfuhs.net', authentication: 'Federated'}])
  } finally {
    rmSync(folder, {recursive: true})
  }
}, 60_000)
