import {adfsRemovalScript} from './adfs-removal-script.ts'
import {adfsScript} from './adfs-script.ts'
import type {RelyingParty, RelyingPartyFile} from './relying-party.ts'

/** What an administrator runs on the primary server of an AD FS farm: the script that makes the trust, and its twin that removes it. */
export function adfsFiles(party: RelyingParty): RelyingPartyFile[] {
  return [
    {
      name: 'adfs-relying-party.ps1',
      purpose: 'Run it on the primary AD FS server before the domain is federated: it makes or updates the trust.',
      content: adfsScript(party),
    },
    {
      name: 'adfs-relying-party-removal.ps1',
      purpose: 'Run it on the primary AD FS server when no domain is federated any more: it removes the trust.',
      content: adfsRemovalScript(party),
    },
  ]
}
