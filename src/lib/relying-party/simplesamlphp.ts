import {claimTypes} from '../saml/claim.ts'
import {binding} from './metadata-names.ts'
import {type PhpValue, phpText, phpValue} from './php-value.ts'
import {type RelyingParty, type RelyingPartyFile, relyingPartyIdentifier} from './relying-party.ts'

/** The directory in the metadata files of SimpleSAMLphp 1.19 and 2, one a protocol; what a file has for other relying parties stays in it. */
export function simplesamlphpFiles({replyAddress}: RelyingParty): RelyingPartyFile[] {
  return [
    {
      name: 'adfs-sp-remote.php',
      purpose: 'Put it into the metadata folder of SimpleSAMLphp, or add it to the file there, for WS-Federation.',
      content: writeFile(byWsFederation(replyAddress), wreplyNote),
    },
    {
      name: 'saml20-sp-remote.php',
      purpose: 'Put it into the metadata folder of SimpleSAMLphp, or add it to the file there, for SAML 2.0.',
      content: writeFile(bySaml(replyAddress)),
    },
  ]
}

const wreplyNote = `
// Keep trusted.url.domains of config.php narrow: tokens also go to the wreply of a request when its host is among them.`

const writeFile = (metadata: PhpValue, note = ''): string => `<?php

// The directory takes what is signed by the entity id of the hosted provider: it must be the issuerUri of the domain.
// Attributes are read from mS-DS-ConsistencyGuid or objectGUID, and userPrincipalName, unless the provider made the claims already.${note}
$metadata[${phpText(relyingPartyIdentifier)}] = ${phpValue(metadata)};
`

const rsaSha256 = 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256'
const persistent = 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent'

const byWsFederation = (replyAddress: string): PhpValue => ({
  prp: replyAddress,
  'signature.algorithm': rsaSha256,
  'simplesaml.nameidattribute': claimTypes.immutableId,
  authproc: {[claimsFilter]: setClaims(claimTypes.userPrincipalName, claimTypes.immutableId)},
})

/** Both names of the attribute that becomes the name identifier: version 1 knows the one, version 2 the other. */
const bySaml = (replyAddress: string): PhpValue => ({
  AssertionConsumerService: [{index: 0, isDefault: true, Binding: binding('HTTP-POST'), Location: replyAddress}],
  SingleLogoutService: [{Binding: binding('HTTP-POST'), Location: replyAddress}],
  NameIDFormat: persistent,
  'saml20.sign.assertion': true,
  'assertion.encryption': false,
  'signature.algorithm': rsaSha256,
  authproc: {
    [claimsFilter]: setClaims(claimTypes.idpEmail, samlImmutableId),
    [claimsFilter + 1]: {
      class: 'saml:AttributeNameID',
      attribute: samlImmutableId,
      identifyingAttribute: samlImmutableId,
      Format: persistent,
      SPNameQualifier: false,
    },
    [claimsFilter + 2]: {class: 'core:AttributeLimit', '0': claimTypes.idpEmail},
  },
})

const samlImmutableId = 'ImmutableID'

/** After what a provider usually does to its attributes, before it renames them all at 100. */
const claimsFilter = 90

/** Leaves the two claims and nothing else; a user who lacks one is not signed in, rather than under an id of SimpleSAMLphp's own. */
const setClaims = (userPrincipalName: string, immutableId: string): PhpValue => ({
  class: 'core:PHP',
  code: `
$guids = ${phpValue(guidAttributes)};
$sources = ${phpValue({
    [userPrincipalName]: [userPrincipalName, 'userPrincipalName'],
    [immutableId]: [immutableId, ...guidAttributes],
  })};
$claims = [];
foreach ($sources as $claim => $names) {
    foreach ($names as $name) {
        $value = $attributes[$name][0] ?? '';
        if ($value !== '' && !isset($claims[$claim])) {
            // As LDAP has it a GUID is 16 bytes; in base64 it has 24 characters.
            $isBinary = in_array($name, $guids, true) && strlen($value) === 16;
            $claims[$claim] = [$isBinary ? base64_encode($value) : $value];
        }
    }
    if (!isset($claims[$claim])) {
        throw new \\SimpleSAML\\Error\\Exception('The user has none of the attributes ' . implode(', ', $names));
    }
}
$attributes = $claims;
`,
})

/** The first that a user has is the immutable id, as with AD FS. */
const guidAttributes = ['mS-DS-ConsistencyGuid', 'objectGUID']
