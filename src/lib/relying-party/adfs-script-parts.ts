import {issuerRulePrefix, rulePrefix} from './adfs-rules.ts'
import {powerShellText} from './power-shell-text.ts'
import {relyingPartyIdentifier} from './relying-party.ts'

/** What both scripts begin with: how failures end them, on which server they run, and how rules are told apart. */
export const scriptBeginning = `Set-StrictMode -Version 2.0
$ErrorActionPreference = 'Stop'

$Identifier = ${powerShellText(relyingPartyIdentifier)}
$RulePrefix = ${powerShellText(rulePrefix)}
$IssuerRulePrefix = ${powerShellText(issuerRulePrefix)}

function Assert-PrimaryServer {
    $sync = Get-AdfsSyncProperties
    if ($sync.Role -ne 'PrimaryComputer') {
        throw "This server only copies the configuration of $($sync.PrimaryComputerName). Run the script there."
    }
}

# The trust is found by its identifier: its name differs from farm to farm and can be changed.
function Get-Trust {
    Get-AdfsRelyingPartyTrust -Identifier $Identifier
}

# AD FS splits the rules itself.
function Split-Rule([string]$Rules) {
    if ($Rules.Trim() -ne '') {
        (New-AdfsClaimRuleSet -ClaimRule $Rules).ClaimRules
    }
}

function Get-RuleName([string]$Rule) {
    if ($Rule -match '^\\s*(@RuleTemplate\\s*=\\s*"[^"]*"\\s*)?@RuleName\\s*=\\s*"([^"]*)"') {
        $Matches[2]
    }
    else {
        '(a rule without a name)'
    }
}

# The names of the rules that were not made by these scripts.
function Get-ForeignRuleName([string]$Rules) {
    Split-Rule $Rules | ForEach-Object { Get-RuleName $_ } | Where-Object { -not $_.StartsWith($RulePrefix) }
}

# The domains that have an issuer of their own in these rules.
function Get-IssuerDomain([string]$Rules) {
    Split-Rule $Rules | ForEach-Object { Get-RuleName $_ } | Where-Object { $_.StartsWith($IssuerRulePrefix) } |
        ForEach-Object { $_.Substring($IssuerRulePrefix.Length) }
}

# The trust as it is, with everything AD FS knows of it, and its rules once more as AD FS reads them from a file.
function Export-Trust($Trust) {
    $base = Join-Path $BackupFolder ('relying-party-trust-' + (Get-Date -Format 'yyyyMMdd-HHmmss'))
    $Trust | Export-Clixml -Path "$base.xml" -Depth 5
    Set-Content -Path "$base-rules.txt" -Value $Trust.IssuanceTransformRules -Encoding UTF8
    Write-Output "Exported the trust '$($Trust.Name)' to $base.xml, its rules to $base-rules.txt."
}
`
