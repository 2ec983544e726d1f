import {adfsRules, rulePrefix, writeClaimRules} from './adfs-rules.ts'
import {scriptBeginning} from './adfs-script-parts.ts'
import {powerShellList, powerShellText} from './power-shell-text.ts'
import type {RelyingParty} from './relying-party.ts'

/**
 * A script for the primary server of an AD FS farm (Windows PowerShell 5.1, module ADFS) that makes or brings up to date the trust in the
 * directory. Running it again changes nothing; -WhatIf shows what it would do.
 */
export function adfsScript({replyAddress, domains, otherDomains}: RelyingParty): string {
  const served = [...domains, ...otherDomains]
  return `#Requires -Version 5.1
#Requires -Modules ADFS
#Requires -RunAsAdministrator

<#
.SYNOPSIS
    Lets AD FS sign users of federated domains in to the directory.
.DESCRIPTION
    Finds the relying party trust by its identifier, exports it to a dated file, and writes the claim rules whose names begin with
    '${rulePrefix}'. Where the trust has other rules nothing is changed, unless -ReplaceRules is given. A trust that is not there is made.
    Running it twice does no harm. -WhatIf shows what would be done.
.PARAMETER ReplaceRules
    Replaces rules that were made by others as well, and drops the issuers of domains this script does not name.
.PARAMETER BackupFolder
    Where the present trust is exported to. The folder of this script when it is not given.
#>
[CmdletBinding(SupportsShouldProcess = $true, ConfirmImpact = 'Medium')]
param(
    [switch]$ReplaceRules,
    [string]$BackupFolder = $PSScriptRoot
)

${scriptBeginning}
$ReplyAddress = ${powerShellText(replyAddress)}
$SignatureAlgorithm = 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256'
$IssuerDomains = ${powerShellList(served.filter(({issuerUri}) => issuerUri !== undefined).map(({name}) => name))}
$Rules = ${powerShellText(writeClaimRules(adfsRules(served)))}
${scriptBody}`
}

const scriptBody = `
# The rules in the one way AD FS writes them, so that they can be compared.
function Format-Rule([string]$Rules) {
    if ($Rules.Trim() -ne '') {
        (New-AdfsClaimRuleSet -ClaimRule $Rules).ClaimRulesString.Trim()
    }
}

# Stops when the trust has something this script would take away from others.
function Assert-OwnRule($Trust) {
    $foreign = @(Get-ForeignRuleName $Trust.IssuanceTransformRules)
    if ($foreign.Count -gt 0) {
        throw ("The trust '$($Trust.Name)' has rules that were not made by this script: " + ($foreign -join '; ') +
            '. Nothing was changed. If the trust serves these domains already, leave it as it is; -ReplaceRules replaces all of its rules.')
    }
    $unknown = @(Get-IssuerDomain $Trust.IssuanceTransformRules | Where-Object { $IssuerDomains -notcontains $_ })
    if ($unknown.Count -gt 0) {
        throw ("The trust '$($Trust.Name)' gives an issuer to domains this script does not know: " + ($unknown -join ', ') +
            '. Nothing was changed. Write this script again with them, or give -ReplaceRules if they are not federated any more.')
    }
}

function New-Trust {
    if ($PSCmdlet.ShouldProcess($Identifier, 'Create the relying party trust')) {
        Add-AdfsRelyingPartyTrust -Name 'Microsoft Office 365 Identity Platform' -Identifier $Identifier -WSFedEndpoint $ReplyAddress \`
            -SignatureAlgorithm $SignatureAlgorithm -IssuanceTransformRules $wanted \`
            -IssuanceAuthorizationRules '=> issue(Type = "http://schemas.microsoft.com/authorization/claims/permit", Value = "true");'
        Write-Output "Created the relying party trust $Identifier."
    }
}

function Update-Trust($Trust) {
    $changes = @{}
    if ((Format-Rule $Trust.IssuanceTransformRules) -cne $wanted) {
        $changes['IssuanceTransformRules'] = $wanted
    }
    if ([string]$Trust.SignatureAlgorithm -ne $SignatureAlgorithm) {
        $changes['SignatureAlgorithm'] = $SignatureAlgorithm
    }
    if ($changes.Count -eq 0) {
        Write-Output "The trust '$($Trust.Name)' is as it should be. Nothing was changed."
        return
    }
    $names = ($changes.Keys | Sort-Object) -join ', '
    if ($PSCmdlet.ShouldProcess($Trust.Name, "Set $names")) {
        Export-Trust $Trust
        Set-AdfsRelyingPartyTrust -TargetIdentifier $Identifier @changes
        Write-Output "Set $names of the trust '$($Trust.Name)'."
    }
}

Assert-PrimaryServer
# Refused here, before anything is changed, if AD FS does not understand them.
$wanted = Format-Rule $Rules
$trust = Get-Trust
if ($null -eq $trust) {
    New-Trust
}
else {
    if (-not $ReplaceRules) {
        Assert-OwnRule $trust
    }
    Update-Trust $trust
    if (-not $trust.Enabled) {
        Write-Warning "The trust '$($trust.Name)' is disabled: Enable-AdfsRelyingPartyTrust -TargetIdentifier $Identifier"
    }
    if ([string]$trust.WSFedEndpoint -ne $ReplyAddress) {
        Write-Warning "The trust '$($trust.Name)' posts tokens to '$($trust.WSFedEndpoint)', not to $ReplyAddress. It was left so."
    }
}
`
