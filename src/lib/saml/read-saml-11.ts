import type {XmlElement} from '../xml/parse-xml.ts'
import {attributeOf, childElements, elementsIn, onlyOne} from '../xml/xml-tree.ts'
import {plainText} from './plain-text.ts'
import {samlNames} from './saml-names.ts'
import type {TokenAuthentication, TokenClaims, TokenConditions, TokenSubject} from './token-claims.ts'

const children = (parent: XmlElement, name: string): XmlElement[] => childElements(parent, samlNames.saml11, name)

/** What an assertion of SAML 1.1 says (SAML 1.1 core, section 2). */
export function readSaml11(assertion: XmlElement): TokenClaims {
  const conditions = onlyOne(children(assertion, 'Conditions'))
  const statements = elementsIn(assertion).filter(({localName}) => localName?.endsWith('Statement'))
  const written = ['MajorVersion', 'MinorVersion'].map((name) => attributeOf(assertion, name) ?? '')
  return {
    version: '1.1',
    writtenVersion: written.join('.'),
    id: attributeOf(assertion, 'AssertionID'),
    issuer: attributeOf(assertion, 'Issuer'),
    issueInstant: attributeOf(assertion, 'IssueInstant'),
    conditions: conditions && readConditions(conditions),
    subjects: statements.map((statement) => readSubject(children(statement, 'Subject')[0])),
    authentications: children(assertion, 'AuthenticationStatement').map(readAuthentication),
    attributes: children(assertion, 'AttributeStatement').flatMap((statement) =>
      children(statement, 'Attribute').map((attribute) => ({
        type: `${attributeOf(attribute, 'AttributeNamespace') ?? ''}/${attributeOf(attribute, 'AttributeName') ?? ''}`,
        values: children(attribute, 'AttributeValue').map(plainText),
      })),
    ),
  }
}

function readConditions(conditions: XmlElement): TokenConditions {
  const restrictions = children(conditions, 'AudienceRestrictionCondition')
  const known = restrictions.length + children(conditions, 'DoNotCacheCondition').length
  return {
    notBefore: attributeOf(conditions, 'NotBefore'),
    notOnOrAfter: attributeOf(conditions, 'NotOnOrAfter'),
    restrictions: restrictions.map((restriction) => children(restriction, 'Audience').map(plainText)),
    hasUnknown: elementsIn(conditions).length > known,
  }
}

function readSubject(subject: XmlElement | undefined): TokenSubject {
  const name = onlyOne(subject === undefined ? [] : children(subject, 'NameIdentifier'))
  const confirmations = subject === undefined ? [] : children(subject, 'SubjectConfirmation')
  const methods = confirmations.flatMap((confirmation) => children(confirmation, 'ConfirmationMethod'))
  return {
    nameId: name && plainText(name),
    format: attributeOf(name, 'Format'),
    confirmations: methods.map((method) => ({method: plainText(method), bearer: undefined})),
  }
}

const readAuthentication = (statement: XmlElement): TokenAuthentication => ({
  method: attributeOf(statement, 'AuthenticationMethod'),
  instant: attributeOf(statement, 'AuthenticationInstant'),
  sessionNotOnOrAfter: undefined,
})
