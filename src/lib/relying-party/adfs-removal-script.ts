import {scriptBeginning} from './adfs-script-parts.ts'
import {powerShellList} from './power-shell-text.ts'
import type {RelyingParty} from './relying-party.ts'

/**
 * The twin of adfsScript: removes the trust when none but these domains uses it. It refuses while another federated domain does, known
 * when it was written or found in the trust's rules, and where the rules were made by others.
 */
export function adfsRemovalScript({domains, otherDomains}: RelyingParty): string {
  return `#Requires -Version 5.1
#Requires -Modules ADFS
#Requires -RunAsAdministrator

<#
.SYNOPSIS
    Removes the trust in the directory from AD FS, when no domain is federated with it any more.
.DESCRIPTION
    Finds the relying party trust by its identifier and exports it to a dated file before it is removed. Refuses while another federated
    domain uses the trust. -WhatIf shows what would be done.
.PARAMETER BackupFolder
    Where the trust is exported to. The folder of this script when it is not given.
#>
[CmdletBinding(SupportsShouldProcess = $true, ConfirmImpact = 'High')]
param(
    [string]$BackupFolder = $PSScriptRoot
)

${scriptBeginning}
$Domains = ${powerShellList(domains.map(({name}) => name))}
# Federated with this AD FS when this script was written.
$OtherDomains = ${powerShellList(otherDomains.map(({name}) => name))}
${scriptBody}`
}

const scriptBody = `
Assert-PrimaryServer
$trust = Get-Trust
if ($null -eq $trust) {
    Write-Output "There is no relying party trust $Identifier. Nothing was changed."
    return
}
$foreign = @(Get-ForeignRuleName $trust.IssuanceTransformRules)
if ($foreign.Count -gt 0) {
    throw ("The trust '$($trust.Name)' has rules that were not made by fedctl: " + ($foreign -join '; ') +
        '. Nothing was changed. Remove it by hand if nobody else uses it.')
}
$known = @(Get-IssuerDomain $trust.IssuanceTransformRules) + $OtherDomains
$others = @($known | Where-Object { $Domains -notcontains $_ } | Sort-Object -Unique)
if ($others.Count -gt 0) {
    throw ("The trust '$($trust.Name)' is still used by " + ($others -join ', ') +
        '. Nothing was changed. To take the other domains out of it, write the script of the remaining ones again and run that.')
}
if ($PSCmdlet.ShouldProcess($trust.Name, 'Remove the relying party trust')) {
    Export-Trust $trust
    Remove-AdfsRelyingPartyTrust -TargetIdentifier $Identifier
    Write-Output "Removed the relying party trust '$($trust.Name)'."
}
`
