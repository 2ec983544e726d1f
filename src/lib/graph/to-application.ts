import type {Application, ApplicationChange} from '../model/application.ts'
import {type Json, optionalText, present, text, texts} from './json.ts'

/** An application of Graph in administrators' words, without what its service principal says. */
export function toApplication(json: Json): Application {
  const web = json['web']
  return present({
    appId: text(json, 'appId'),
    certificates: objects(json, 'keyCredentials').map((key) =>
      present({
        keyId: text(key, 'keyId'),
        displayName: optionalText(key, 'displayName'),
        thumbprint: optionalText(key, 'customKeyIdentifier'),
        endDate: optionalText(key, 'endDateTime'),
      }),
    ),
    displayName: optionalText(json, 'displayName') ?? '',
    identifierUris: texts(json, 'identifierUris'),
    objectId: text(json, 'id'),
    publisherDomain: optionalText(json, 'publisherDomain'),
    redirectUris: typeof web === 'object' && web !== null ? texts(web as Json, 'redirectUris') : [],
    secrets: objects(json, 'passwordCredentials').map((secret) =>
      present({
        keyId: text(secret, 'keyId'),
        displayName: optionalText(secret, 'displayName'),
        hint: optionalText(secret, 'hint'),
        endDate: optionalText(secret, 'endDateTime'),
      }),
    ),
    whenCreated: optionalText(json, 'createdDateTime'),
  })
}

const objects = (json: Json, name: string): readonly Json[] => {
  const value = json[name]
  return Array.isArray(value) ? (value as Json[]) : []
}

/** What is said of an application, as Graph has it. */
export const toGraphApplication = ({displayName, identifierUris, redirectUris}: ApplicationChange): Json =>
  present({displayName, identifierUris, web: redirectUris === undefined ? undefined : {redirectUris}})
