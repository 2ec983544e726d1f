import {describe, expect, test} from '@jest/globals'
import fc from 'fast-check'
import {type DomainName, readDomainName} from '../../../src/lib/model/domain-name.ts'
import {adfsRules, writeClaimRules} from '../../../src/lib/relying-party/adfs-rules.ts'
import {adfsScript} from '../../../src/lib/relying-party/adfs-script.ts'
import {powerShellText} from '../../../src/lib/relying-party/power-shell-text.ts'
import {
  cloudReplyAddress,
  type FederatedDomain,
  issuerOfDomain,
  type RelyingParty,
} from '../../../src/lib/relying-party/relying-party.ts'
import {configurableProviders, relyingPartyFiles} from '../../../src/lib/relying-party/relying-party-files.ts'
import {toRelyingParty} from '../../../src/lib/relying-party/to-relying-party.ts'
import {parseXml} from '../../../src/lib/xml/parse-xml.ts'
import {metadataLimits} from '../../../src/lib/xml/xml-limits.ts'
import {type Accounts, runClaimRules} from '../../parts/claim-rules.ts'
import {type ParsedScript, parsePowerShell} from '../../parts/parse-power-shell.ts'

function domain(name: string, own = true): FederatedDomain {
  const reading = readDomainName(name)
  if (!reading.ok) throw new Error(reading.problem)
  return {name: reading.value, ...(own ? {issuerUri: issuerOfDomain(reading.value)} : {})}
}

const party = (domains: RelyingParty['domains'], otherDomains: readonly FederatedDomain[] = []): RelyingParty => ({
  replyAddress: cloudReplyAddress,
  domains,
  otherDomains,
})

describe('the claim rules of AD FS, run', () => {
  const accounts: Accounts = {
    'CONTOSO\\ada': {userPrincipalName: 'ada@contoso.com', objectGUID: 'b2JqZWN0Z3VpZC1hZGE='},
    'CONTOSO\\bob': {
      userPrincipalName: 'bob@contoso.com',
      objectGUID: 'b2JqZWN0',
      'mS-DS-ConsistencyGuid': 'Y29uc2lzdA==',
    },
  }
  const run = (account: string, domains: readonly FederatedDomain[], issuer = 'AD AUTHORITY') =>
    runClaimRules(
      writeClaimRules(adfsRules(domains)),
      [{type: 'http://schemas.microsoft.com/ws/2008/06/identity/claims/windowsaccountname', value: account, issuer}],
      accounts,
    )
  const issuerOf = (upn: string, domains: readonly FederatedDomain[]) =>
    runClaimRules(
      writeClaimRules(adfsRules(domains)),
      [{type: 'http://schemas.xmlsoap.org/claims/UPN', value: upn}],
      {},
    ).map(({value}) => value)

  test('objectGUID is the immutable id of an account without mS-DS-ConsistencyGuid', () => {
    expect(run('CONTOSO\\ada', [domain('contoso.com', false)])).toEqual([
      {type: 'http://schemas.xmlsoap.org/claims/UPN', value: 'ada@contoso.com'},
      {type: 'http://schemas.microsoft.com/LiveID/Federation/2008/05/ImmutableID', value: 'b2JqZWN0Z3VpZC1hZGE='},
      {
        type: 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/nameidentifier',
        value: 'b2JqZWN0Z3VpZC1hZGE=',
        properties: {
          'http://schemas.xmlsoap.org/ws/2005/05/identity/claimproperties/format':
            'urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified',
        },
      },
    ])
  })

  test('mS-DS-ConsistencyGuid alone is it where there is one', () => {
    expect(run('CONTOSO\\bob', [domain('contoso.com')]).map(({value}) => value)).toEqual([
      'bob@contoso.com',
      'Y29uc2lzdA==',
      'Y29uc2lzdA==',
      'http://contoso.com/adfs/services/trust/',
    ])
  })

  test('an account that another claims provider names is not looked up', () => {
    expect(run('CONTOSO\\ada', [domain('contoso.com')], 'https://partner.example')).toEqual([])
  })

  const roots = [domain('contoso.com'), domain('eu.contoso.com'), domain('fabrikam.co.uk')]

  test.each([
    ['ada@contoso.com', ['http://contoso.com/adfs/services/trust/']],
    ['ADA@CONTOSO.COM', ['http://contoso.com/adfs/services/trust/']],
    ['ada@child.contoso.com', ['http://contoso.com/adfs/services/trust/']],
    ['ada@a.b.fabrikam.co.uk', ['http://fabrikam.co.uk/adfs/services/trust/']],
    ['ada@eu.contoso.com', ['http://eu.contoso.com/adfs/services/trust/']],
    ['ada@x.eu.contoso.com', ['http://eu.contoso.com/adfs/services/trust/']],
    ['ada@notcontoso.com', []],
    ['ada@contoso.com.evil.example', []],
    ['ada@contosoxcom', []],
    ['contoso.com', []],
  ])('the issuer of %s', (upn, issuers) => {
    expect(issuerOf(upn, roots)).toEqual(issuers)
    expect(issuerOf(upn, roots.toReversed())).toEqual(issuers)
  })

  test('a domain that keeps the issuer of AD FS itself gets no rule, though others have one', () => {
    expect(issuerOf('ada@contoso.com', [domain('contoso.com', false), domain('fabrikam.com')])).toEqual([])
  })

  test('an issuer that no rule can hold is refused', () => {
    const hostile = {...domain('contoso.com'), issuerUri: 'urn:x"); => issue(claim = c);//'}
    expect(() => adfsRules([hostile])).toThrow(expect.objectContaining({code: 'ValueMalformed'}))
  })
})

describe('the scripts for AD FS', () => {
  const files = relyingPartyFiles('adfs', party([domain('contoso.com')], [domain('fabrikam.com')]))
  const [script = '', twin = ''] = files.map(({content}) => content)

  const nasty = fc.string({unit: fc.constantFrom(...'\'\u2018\u2019\u201B"`$();\n#>@x.')})
  const texts = fc.sample(nasty, 100)
  const hostile = fc.sample(nasty, 25).map((name) => name.replaceAll(/["\n]/g, '.') as DomainName)
  const parsed = parsePowerShell([
    script,
    twin,
    `${script}\n}`,
    ...texts.map((text) => `$x = ${powerShellText(text)}; Stop-Here`),
    ...hostile.map((name) => adfsScript(party([{name}], [domain('fabrikam.com')]))),
  ])
  const [parsedScript, parsedTwin, brokenScript] = parsed

  test('the grammar would say so if they were not PowerShell', () => {
    expect(brokenScript?.hasError).toBe(true)
  })

  test.each([
    ['the script', script, parsedScript],
    ['its twin', twin, parsedTwin],
  ])(
    '%s is PowerShell in ASCII, finds the trust by identifier alone, exports it before touching it',
    (_what, text, tree) => {
      expect(tree?.hasError).toBe(false)
      expect(text).toMatch(/^[\t\n -~]*$/)
      expect(text).toContain('SupportsShouldProcess = $true')
      expect(text).toContain("$ErrorActionPreference = 'Stop'")
      expect(text).toContain('Set-StrictMode')
      const {commands = []} = tree ?? {}
      expect(commands.filter((command) => command.startsWith('Get-AdfsRelyingPartyTrust'))).toEqual([
        'Get-AdfsRelyingPartyTrust -Identifier $Identifier',
      ])
      const change = commands.findIndex((command) => /^(Set|Remove)-Adfs/.test(command))
      expect(commands[change]).toContain('-TargetIdentifier $Identifier')
      expect(commands[change - 1]).toMatch(/^Export-Trust/)
    },
  )

  test('the script holds the rules of all domains, and SHA-256', () => {
    const rules = writeClaimRules(adfsRules([domain('contoso.com'), domain('fabrikam.com')]))
    expect(parsedScript?.strings).toContain(powerShellText(rules))
    expect(script).toContain("$IssuerDomains = @('contoso.com', 'fabrikam.com')")
    expect(script).toContain("$SignatureAlgorithm = 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256'")
  })

  test('its twin knows who else uses the trust', () => {
    expect(twin).toContain("$OtherDomains = @('fabrikam.com')")
    expect(twin).toContain("$Domains = @('contoso.com')")
  })

  test('both scripts tell our rules, and the domains they serve, from those of others', () => {
    for (const text of [script, twin]) {
      const pattern = new RegExp(/-match '(.*@RuleName.*)'/.exec(text)?.[1] ?? 'none')
      const nameOf = (rule: string) => pattern.exec(rule)?.[2]
      const ours = writeClaimRules(adfsRules([domain('contoso.com'), domain('fabrikam.com')])).split('\n\n')
      expect(ours.every((rule) => nameOf(rule)?.startsWith('fedctl: '))).toBe(true)
      expect(ours.map((rule) => /^fedctl: issuer of (.*)$/.exec(nameOf(rule) ?? '')?.[1]).filter(Boolean)).toEqual([
        'contoso.com',
        'fabrikam.com',
      ])
      expect(text).toContain("$IssuerRulePrefix = 'fedctl: issuer of '")
      expect(nameOf('@RuleTemplate = "LdapClaims"\n@RuleName = "Mail"\nc:[] => issue(claim = c);')).toBe('Mail')
      expect(nameOf('c:[Value == "@RuleName = \\"fedctl: x\\""] => issue(claim = c);')).toBeUndefined()
    }
  })

  test('whatever a text is, PowerShell reads it as one string', () => {
    const trees = parsed.slice(3, 3 + texts.length)
    expect(trees.map(({commands, strings}) => [commands, strings])).toEqual(
      texts.map((text) => [['Stop-Here'], [powerShellText(text)]]),
    )
  })

  test('typographic quotation marks, which end a string in PowerShell though not in this grammar, are doubled', () => {
    expect(powerShellText("'\u2018\u2019\u201A\u201B")).toBe("'''\u2018\u2018\u2019\u2019\u201A\u201A\u201B\u201B'")
  })

  test('a hostile domain name breaks out of the script nowhere', () => {
    const names = ({commands}: ParsedScript) => commands.map((command) => command.split(/\s/)[0])
    for (const tree of parsed.slice(3 + texts.length)) {
      expect(tree.hasError).toBe(false)
      expect(names(tree)).toEqual(parsedScript && names(parsedScript))
    }
  })
})

describe('the metadata of the relying party', () => {
  const files = relyingPartyFiles('metadata', party([domain('contoso.com')]))

  test.each(files.map(({name, content}) => [name, content] as const))(
    '%s names the directory and where it takes tokens',
    (_name, content) => {
      const root = parseXml(content, metadataLimits)
      expect(root.ok && root.value.getAttribute('entityID')).toBe('urn:federation:MicrosoftOnline')
      expect(content.match(/https:\/\/login\.microsoftonline\.com\/login\.srf/g)?.length).toBe(2)
    },
  )

  test('a reply address with an ampersand stays one address', () => {
    const replyAddress = 'http://127.0.0.1:8080/login.srf?a=1&b=2'
    for (const {content} of relyingPartyFiles('metadata', {...party([domain('contoso.com')]), replyAddress})) {
      expect(parseXml(content, metadataLimits)).toMatchObject({ok: true})
      expect(content).toContain('?a=1&amp;b=2')
    }
  })
})

describe('toRelyingParty', () => {
  const trust = (name: string, passiveLogOnUri: string) => ({
    domain: name,
    settings: {issuerUri: `urn:${name}`, passiveLogOnUri},
  })
  const otherTrusts = [
    trust('fabrikam.com', 'https://STS.contoso.com/adfs/ls/'),
    trust('adatum.com', 'https://idp.adatum.com/'),
  ]
  const replyAddress = cloudReplyAddress

  test('a domain that is federated keeps its issuer; the others are those that sign in at the same host', () => {
    const {settings} = trust('contoso.com', 'https://sts.contoso.com/adfs/ls/?x=1')
    expect(toRelyingParty({domain: {name: 'contoso.com'}, settings, otherTrusts}, {replyAddress})).toEqual({
      replyAddress,
      domains: [{name: 'contoso.com', issuerUri: 'urn:contoso.com'}],
      otherDomains: [{name: 'fabrikam.com', issuerUri: 'urn:fabrikam.com'}],
    })
  })

  test('of a managed one nobody knows the host: all others count, and it has the issuer it is given, or none', () => {
    const facts = {domain: {name: 'contoso.com'}, otherTrusts}
    const {domains, otherDomains} = toRelyingParty(facts, {replyAddress})
    expect(domains).toEqual([{name: 'contoso.com'}])
    expect(otherDomains.map(({name}) => name)).toEqual(['fabrikam.com', 'adatum.com'])
    expect(toRelyingParty(facts, {replyAddress, issuerUri: 'urn:x'}).domains).toEqual([
      {name: 'contoso.com', issuerUri: 'urn:x'},
    ])
  })

  test('what is no domain name does not get into a script', () => {
    const facts = {domain: {name: "x'; rm"}, otherTrusts: []}
    expect(() => toRelyingParty(facts, {replyAddress})).toThrow(expect.objectContaining({code: 'ServiceFailure'}))
  })
})

test('every provider has files with names of their own', () => {
  const all = configurableProviders.flatMap((provider) => relyingPartyFiles(provider, party([domain('contoso.com')])))
  expect(new Set(all.map(({name}) => name)).size).toBe(all.length)
})
