import type {Transport} from '../http/transport.ts'
import {askDirectory, openDirectoryApi} from './directory-api.ts'

/** Somebody who has been signed in. */
export interface Session {
  readonly sessionId: string
  readonly userPrincipalName: string
}

/** The door of our own directory by which users come in with the token of an identity provider. */
export interface SignInClient {
  /** Posts the fields of a form to /login.srf. Throws Refused with the AADSTS number and the reason. */
  signIn(fields: Readonly<Record<string, string>>): Promise<Session>
  /** Throws NotFound when the tenant has no such session. */
  endSession(sessionId: string): Promise<void>
}

/** The two ways to the directory: as anybody, and with a ticket for the tenant. */
export interface SignInTransports {
  readonly open: Transport
  readonly ticketed: Transport
}

/** Opens the client; `baseUrl` is scheme and host. The secret of a session is never read: nobody can use one that was not ended. */
export function openSignInClient({open, ticketed}: SignInTransports, baseUrl: string): SignInClient {
  const send = openDirectoryApi(ticketed, baseUrl)
  return {
    async signIn(fields) {
      const {sessionId, userPrincipalName} = await askDirectory(open, {
        method: 'POST',
        url: `${baseUrl}/login.srf`,
        headers: {'content-type': 'application/x-www-form-urlencoded'},
        body: new URLSearchParams(fields).toString(),
      })
      return {sessionId: String(sessionId), userPrincipalName: String(userPrincipalName)}
    },
    endSession: async (sessionId) => void (await send('DELETE', `/sessions/${encodeURIComponent(sessionId)}`)),
  }
}
