import type {XmlElement} from '../xml/parse-xml.ts'
import {attributeOf, childElements, elementsIn, onlyOne} from '../xml/xml-tree.ts'
import {plainText} from './plain-text.ts'
import {samlNames} from './saml-names.ts'
import type {
  TokenAuthentication,
  TokenClaims,
  TokenConditions,
  TokenConfirmation,
  TokenSubject,
} from './token-claims.ts'

const children = (parent: XmlElement, name: string): XmlElement[] => childElements(parent, samlNames.saml20, name)

/** What an assertion of SAML 2.0 says (SAML 2.0 core, section 2). */
export function readSaml20(assertion: XmlElement): TokenClaims {
  const issuer = onlyOne(children(assertion, 'Issuer'))
  const conditions = onlyOne(children(assertion, 'Conditions'))
  return {
    version: '2.0',
    writtenVersion: attributeOf(assertion, 'Version') ?? '',
    id: attributeOf(assertion, 'ID'),
    issuer: issuer && plainText(issuer),
    issueInstant: attributeOf(assertion, 'IssueInstant'),
    conditions: conditions && readConditions(conditions),
    subjects: children(assertion, 'Subject').map(readSubject),
    authentications: children(assertion, 'AuthnStatement').map(readAuthentication),
    attributes: children(assertion, 'AttributeStatement').flatMap((statement) =>
      children(statement, 'Attribute').map((attribute) => ({
        type: attributeOf(attribute, 'Name') ?? '',
        values: children(attribute, 'AttributeValue').map(plainText),
      })),
    ),
  }
}

function readConditions(conditions: XmlElement): TokenConditions {
  const restrictions = children(conditions, 'AudienceRestriction')
  const known = ['AudienceRestriction', 'OneTimeUse', 'ProxyRestriction'].flatMap((name) => children(conditions, name))
  return {
    notBefore: attributeOf(conditions, 'NotBefore'),
    notOnOrAfter: attributeOf(conditions, 'NotOnOrAfter'),
    restrictions: restrictions.map((restriction) => children(restriction, 'Audience').map(plainText)),
    hasUnknown: elementsIn(conditions).length > known.length,
  }
}

function readSubject(subject: XmlElement): TokenSubject {
  const name = onlyOne(children(subject, 'NameID'))
  return {
    nameId: name && plainText(name),
    format: attributeOf(name, 'Format'),
    confirmations: children(subject, 'SubjectConfirmation').map(readConfirmation),
  }
}

function readConfirmation(confirmation: XmlElement): TokenConfirmation {
  const [written] = children(confirmation, 'SubjectConfirmationData')
  return {
    method: attributeOf(confirmation, 'Method') ?? '',
    bearer: written && {
      recipient: attributeOf(written, 'Recipient'),
      inResponseTo: attributeOf(written, 'InResponseTo'),
      notBefore: attributeOf(written, 'NotBefore'),
      notOnOrAfter: attributeOf(written, 'NotOnOrAfter'),
    },
  }
}

function readAuthentication(statement: XmlElement): TokenAuthentication {
  const classes = children(statement, 'AuthnContext').flatMap((context) => children(context, 'AuthnContextClassRef'))
  const method = onlyOne(classes)
  return {
    method: method && plainText(method),
    instant: attributeOf(statement, 'AuthnInstant'),
    sessionNotOnOrAfter: attributeOf(statement, 'SessionNotOnOrAfter'),
  }
}
