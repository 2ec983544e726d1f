import {graphAudience} from './find-resource.ts'
import {OAuthFailure} from './oauth-failure.ts'

/** What was asked for by `scope`: of one resource, and of the sign-in itself. */
export interface Scopes {
  /** The identifier of the resource; Microsoft Graph when none is named. */
  readonly resource: string
  /** Names of its permissions; `.default` stands for all that were given. */
  readonly names: readonly string[]
  readonly openid: boolean
  readonly offlineAccess: boolean
  /** Those of the resource as they were written: clients look their tokens up by that. */
  readonly written: readonly string[]
  /** openid, profile, email and offline_access, as they were asked for. */
  readonly signIn: readonly string[]
}

/** All that were given. */
export const allGiven = '.default'

const signInScopes = ['openid', 'profile', 'email', 'offline_access']

const mostCharacters = 4096

/** Reads the parameter `scope` (RFC 6749, 3.3). Throws OAuthFailure. */
export function readScopes(scope: string): Scopes {
  const words = [...new Set(scope.split(' '))].filter((word) => word !== '')
  if (
    scope.length > mostCharacters ||
    words.length === 0 ||
    !words.every((word) => /^[\x21\x23-\x5b\x5d-\x7e]+$/.test(word))
  )
    throw notValid(scope)
  const signIn = words.filter((word) => signInScopes.includes(word))
  const written = words.filter((word) => !signInScopes.includes(word))
  const others = written.map(splitScope)
  const [resource = graphAudience, ...more] = new Set(others.map(({resource}) => resource))
  if (more.length > 0)
    throw new OAuthFailure(
      'invalid_scope',
      28000,
      `Provided value for the input parameter scope is not valid because it contains more than one resource. Scope ${scope} is not valid.`,
    )
  const names = others.map(({name}) => name)
  if (names.some((name) => name === '') || (names.includes(allGiven) && names.length > 1)) throw notValid(scope)
  return {
    resource,
    names,
    written,
    signIn,
    openid: signIn.includes('openid'),
    offlineAccess: signIn.includes('offline_access'),
  }
}

/** The permission comes after the last slash; what is before it names the resource, which may end in a slash itself. */
function splitScope(word: string): {resource: string; name: string} {
  const slash = word.lastIndexOf('/')
  if (slash < 0) return {resource: graphAudience, name: word}
  return {resource: word.slice(0, slash).replace(/\/$/, ''), name: word.slice(slash + 1)}
}

const notValid = (scope: string): OAuthFailure =>
  new OAuthFailure(
    'invalid_scope',
    70011,
    `The provided request must include a 'scope' input parameter. The provided value for the input parameter 'scope' is not valid. The scope ${scope.slice(0, 256)} is not valid.`,
  )
