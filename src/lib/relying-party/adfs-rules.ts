import {FedctlError} from '../errors/fedctl-error.ts'
import {type DomainName, isSubdomainOf} from '../model/domain-name.ts'
import type {FederatedDomain} from './relying-party.ts'

/** Begins the name of every rule of ours; by it the scripts tell our rules from others'. */
export const rulePrefix = 'fedctl: '

/** Begins the name of a rule that gives one domain its issuer; the domain follows. */
export const issuerRulePrefix = `${rulePrefix}issuer of `

/** One rule by which AD FS makes a claim. */
export interface ClaimRule {
  readonly name: string
  /** In AD FS's claim rule language, without the name. */
  readonly text: string
}

const claims = {
  account: 'http://schemas.microsoft.com/ws/2008/06/identity/claims/windowsaccountname',
  userPrincipalName: 'http://schemas.xmlsoap.org/claims/UPN',
  immutableId: 'http://schemas.microsoft.com/LiveID/Federation/2008/05/ImmutableID',
  nameIdentifier: 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/nameidentifier',
  nameIdentifierFormat: 'http://schemas.xmlsoap.org/ws/2005/05/identity/claimproperties/format',
  issuer: 'http://schemas.microsoft.com/ws/2008/06/identity/claims/issuerid',
  // These two never leave AD FS: they are added, not issued.
  objectGuid: 'http://schemas.microsoft.com/ws/2016/02/identity/claims/objectguid',
  consistencyGuid: 'http://schemas.microsoft.com/ws/2016/02/identity/claims/msdsconsistencyguid',
} as const

/**
 * The rules by which AD FS makes the claims the directory asks for: the UPN, the immutable id (mS-DS-ConsistencyGuid where an account has
 * one, else objectGUID, both as base64), the same as name identifier, and an issuer for each domain that has its own.
 */
export function adfsRules(domains: readonly FederatedDomain[]): ClaimRule[] {
  return [...accountRules, ...domains.flatMap((domain) => issuerRules(domain, domains))]
}

/** All rules as AD FS takes them. */
export const writeClaimRules = (rules: readonly ClaimRule[]): string =>
  rules.map(({name, text}) => `@RuleName = ${quote(name)}\n${text}`).join('\n\n')

// Only accounts that AD FS itself found in Active Directory: another claims provider must not name an account of ours.
const account = `c:[Type == ${quote(claims.account)}, Issuer == "AD AUTHORITY"]`

const accountRules: readonly ClaimRule[] = [
  {
    name: `${rulePrefix}user principal name`,
    text: `${account}
 => issue(store = "Active Directory", types = (${quote(claims.userPrincipalName)}), query = ";userPrincipalName;{0}", param = c.Value);`,
  },
  {
    name: `${rulePrefix}look up the anchors`,
    text: `${account}
 => add(store = "Active Directory", types = (${quote(claims.objectGuid)}, ${quote(claims.consistencyGuid)}), query = ";objectGUID,mS-DS-ConsistencyGuid;{0}", param = c.Value);`,
  },
  {
    name: `${rulePrefix}immutable id from mS-DS-ConsistencyGuid`,
    text: `c:[Type == ${quote(claims.consistencyGuid)}]
 => issue(Type = ${quote(claims.immutableId)}, Value = c.Value);`,
  },
  {
    name: `${rulePrefix}immutable id from objectGUID`,
    text: `c:[Type == ${quote(claims.objectGuid)}]
 && NOT EXISTS([Type == ${quote(claims.consistencyGuid)}])
 => issue(Type = ${quote(claims.immutableId)}, Value = c.Value);`,
  },
  {
    name: `${rulePrefix}name identifier`,
    text: `c:[Type == ${quote(claims.immutableId)}]
 => issue(Type = ${quote(claims.nameIdentifier)}, Value = c.Value, Properties[${quote(claims.nameIdentifierFormat)}] = "urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified");`,
  },
]

/** One rule for each domain with the issuer written out: it equals the directory's to the letter, whatever case a UPN is typed in. */
function issuerRules({name, issuerUri}: FederatedDomain, domains: readonly FederatedDomain[]): ClaimRule[] {
  if (issuerUri === undefined) return []
  const ownIssuer = domains.map((domain) => domain.name).filter((other) => isSubdomainOf(other, name))
  return [
    {
      name: `${issuerRulePrefix}${name}`,
      text: `c:[Type == ${quote(claims.userPrincipalName)}, Value =~ ${quote(upnPattern(name, ownIssuer))}]
 => issue(Type = ${quote(claims.issuer)}, Value = ${quote(issuerUri)});`,
    },
  ]
}

/**
 * The regular expression (.NET's) that a UPN of this domain or of a subdomain matches, but none of a subdomain that is federated by
 * itself: two rules that match would issue two issuers.
 */
export function upnPattern(domain: DomainName, federatedApart: readonly DomainName[]): string {
  const below = (name: string): string => `[^@]+@([^@]+\\.)?${name.replaceAll('.', '\\.')}$`
  return `(?i)^${federatedApart.map((name) => `(?!${below(name)})`).join('')}${below(domain)}`
}

/** A string of the claim rule language, which has no way to write a quotation mark inside one. */
function quote(text: string): string {
  if (/["\p{Cc}]/u.test(text)) {
    throw new FedctlError('ValueMalformed', `${JSON.stringify(text)} cannot stand in a claim rule of AD FS.`, {
      hints: ['A claim rule holds no quotation marks and no control characters.'],
    })
  }
  return `"${text}"`
}
