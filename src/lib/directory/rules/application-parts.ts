import {guidForm, type Properties} from './property.ts'

/** What an object inside an application may hold: its own properties, and the rules of objects inside it. */
export interface Part {
  readonly rules: Properties
  readonly parts?: Readonly<Record<string, Part>>
  /** What is there when nothing was said; of a list's items, nothing. */
  readonly usual?: Readonly<Record<string, unknown>>
}

const text = {kind: 'text', max: 1024} as const
const flag = {kind: 'flag', notNull: true} as const
const id = {kind: 'text', form: guidForm, notNull: true} as const
const addresses = {kind: 'texts', max: 256, notNull: true} as const

const redirects: Part = {rules: {redirectUris: addresses}, usual: {redirectUris: []}}

const appRole: Part = {
  rules: {
    allowedMemberTypes: {kind: 'texts', oneOf: ['User', 'Application'], notNull: true},
    description: text,
    displayName: {kind: 'text', max: 100},
    id,
    isEnabled: flag,
    origin: text,
    value: {kind: 'text', max: 120},
  },
  usual: {isEnabled: true, origin: 'Application'},
}

const permissionScope: Part = {
  rules: {
    adminConsentDescription: text,
    adminConsentDisplayName: {kind: 'text', max: 100},
    id,
    isEnabled: flag,
    origin: text,
    type: {kind: 'text', oneOf: ['Admin', 'User']},
    userConsentDescription: text,
    userConsentDisplayName: {kind: 'text', max: 100},
    value: {kind: 'text', max: 120},
  },
  usual: {isEnabled: true, type: 'User'},
}

const claim: Part = {
  rules: {additionalProperties: {kind: 'texts', notNull: true}, essential: flag, name: text, source: text},
}

/** The objects and lists of objects in an application, by property. */
export const applicationParts: Readonly<Record<string, Part>> = {
  api: {
    rules: {
      acceptMappedClaims: {kind: 'flag'},
      knownClientApplications: {kind: 'texts', form: guidForm, notNull: true},
      oauth2PermissionScopes: {kind: 'objects', notNull: true},
      preAuthorizedApplications: {kind: 'objects', notNull: true},
      requestedAccessTokenVersion: {kind: 'number'},
    },
    parts: {
      oauth2PermissionScopes: permissionScope,
      preAuthorizedApplications: {
        rules: {appId: id, delegatedPermissionIds: {kind: 'texts', form: guidForm, notNull: true}},
      },
    },
    usual: {
      acceptMappedClaims: null,
      knownClientApplications: [],
      oauth2PermissionScopes: [],
      preAuthorizedApplications: [],
      requestedAccessTokenVersion: null,
    },
  },
  appRoles: appRole,
  info: {
    rules: {marketingUrl: text, privacyStatementUrl: text, supportUrl: text, termsOfServiceUrl: text},
    usual: {logoUrl: null, marketingUrl: null, privacyStatementUrl: null, supportUrl: null, termsOfServiceUrl: null},
  },
  optionalClaims: {
    rules: {
      accessToken: {kind: 'objects', notNull: true},
      idToken: {kind: 'objects', notNull: true},
      saml2Token: {kind: 'objects', notNull: true},
    },
    parts: {accessToken: claim, idToken: claim, saml2Token: claim},
  },
  parentalControlSettings: {
    rules: {countriesBlockedForMinors: {kind: 'texts', max: 2, notNull: true}, legalAgeGroupRule: text},
    usual: {countriesBlockedForMinors: [], legalAgeGroupRule: 'Allow'},
  },
  publicClient: redirects,
  requiredResourceAccess: {
    rules: {resourceAccess: {kind: 'objects', notNull: true}, resourceAppId: {kind: 'text', notNull: true}},
    parts: {resourceAccess: {rules: {id, type: {kind: 'text', oneOf: ['Role', 'Scope'], notNull: true}}}},
  },
  spa: redirects,
  web: {
    rules: {
      homePageUrl: text,
      implicitGrantSettings: {kind: 'object'},
      logoutUrl: text,
      redirectUriSettings: {kind: 'objects', notNull: true},
      redirectUris: addresses,
    },
    parts: {
      implicitGrantSettings: {rules: {enableAccessTokenIssuance: flag, enableIdTokenIssuance: flag}},
      redirectUriSettings: {rules: {index: {kind: 'number'}, uri: text}},
    },
    usual: {
      homePageUrl: null,
      implicitGrantSettings: {enableAccessTokenIssuance: false, enableIdTokenIssuance: false},
      logoutUrl: null,
      redirectUriSettings: [],
      redirectUris: [],
    },
  },
}
