import {cloudReplyAddress, issuerOfDomain, relyingPartyIdentifier} from '../relying-party/relying-party.ts'
import {type ConfigurableProvider, relyingPartyFiles} from '../relying-party/relying-party-files.ts'
import {toRelyingParty} from '../relying-party/to-relying-party.ts'
import {readProviderFiles} from './provider-files.ts'
import type {ProviderWork} from './provider-work.ts'
import type {TrustFacts} from './trust-facts.ts'

/** How the identity provider's side of a conversion is to be prepared. */
export interface WantedWork {
  /** Folder of the files; absent: none is written. */
  readonly folder?: string | undefined
  /** Whose files; absent: by the passive address. */
  readonly provider?: ConfigurableProvider | undefined
  readonly passiveLogOnUri?: string | undefined
  /** What tokens of the domain must name; the provider is made to, whatever its own identifier is. */
  readonly issuerUri?: string | undefined
  readonly supportMultipleDomain: boolean
  readonly mayOverwrite: boolean
}

/** The files that set the relying party up, and what a person does with them. Throws FileExists. */
export async function readSetUpWork(facts: TrustFacts, wanted: WantedWork): Promise<ProviderWork> {
  const issuerUri = wanted.supportMultipleDomain ? issuerOfDomain(facts.domain.name) : wanted.issuerUri
  return readWork(
    facts,
    {...wanted, issuerUri},
    {
      adfs: 'run adfs-relying-party.ps1 on the primary AD FS server',
      simplesamlphp: 'put the files into the metadata folder of SimpleSAMLphp',
      metadata: 'give the metadata of the directory to the identity provider',
      none: `make ${relyingPartyIdentifier} known to the identity provider`,
    },
  )
}

/** The files that remove the relying party, and what a person does with them. Throws FileExists. */
export async function readRemovalWork(facts: TrustFacts, wanted: WantedWork): Promise<ProviderWork> {
  const work = await readWork(facts, wanted, {
    adfs: 'run adfs-relying-party-removal.ps1 on the primary AD FS server',
    simplesamlphp: `remove ${relyingPartyIdentifier} from the metadata folder of SimpleSAMLphp`,
    metadata: `remove ${relyingPartyIdentifier} from the identity provider`,
    none: `remove ${relyingPartyIdentifier} from the identity provider`,
  })
  return {...work, files: work.files.filter(({path}) => path.endsWith('-removal.ps1'))}
}

async function readWork(
  facts: TrustFacts,
  wanted: WantedWork,
  actions: Readonly<Record<ConfigurableProvider | 'none', string>>,
): Promise<ProviderWork> {
  const {folder, passiveLogOnUri = facts.settings?.passiveLogOnUri, issuerUri, mayOverwrite} = wanted
  const provider = wanted.provider ?? (isAdfs(passiveLogOnUri) ? 'adfs' : 'metadata')
  if (folder === undefined) return {files: [], action: actions.none}
  const party = toRelyingParty(facts, {replyAddress: cloudReplyAddress, issuerUri, passiveLogOnUri})
  return {
    files: await readProviderFiles(folder, relyingPartyFiles(provider, party), mayOverwrite),
    action: actions[provider],
  }
}

const isAdfs = (address: string | undefined): boolean => /^\/adfs\//i.test(URL.parse(address ?? '')?.pathname ?? '')
