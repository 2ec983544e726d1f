/** An application that is registered in the tenant, with what it may and what it signs in with. Times are ISO 8601 text. */
export interface Application {
  /** Whether it may sign in; absent where it has no service principal, and in listings. */
  readonly accountEnabled?: boolean
  readonly appId: string
  readonly certificates: readonly ApplicationCertificate[]
  /** The permissions of Microsoft Graph that it may use for every user; absent in listings. */
  readonly delegatedPermissions?: readonly string[]
  readonly displayName: string
  readonly identifierUris: readonly string[]
  /** The id of the registration, not of the service principal. */
  readonly objectId: string
  /** The permissions of Microsoft Graph that it has by itself; absent in listings. */
  readonly permissions?: readonly string[]
  readonly publisherDomain?: string
  readonly redirectUris: readonly string[]
  readonly secrets: readonly ApplicationSecret[]
  /** Absent where there is none, and in listings. */
  readonly servicePrincipalId?: string
  readonly whenCreated?: string
}

/** A secret of an application: never the secret itself. */
export interface ApplicationSecret {
  readonly keyId: string
  readonly displayName?: string
  /** How it begins. */
  readonly hint?: string
  readonly endDate?: string
}

/** A certificate of an application. */
export interface ApplicationCertificate {
  readonly keyId: string
  readonly displayName?: string
  /** As the directory shows it: SHA-1, 40 hex digits, when nothing else was said. */
  readonly thumbprint?: string
  readonly endDate?: string
}

/** What can be said of an application itself. */
export interface ApplicationChange {
  readonly displayName?: string
  readonly identifierUris?: readonly string[]
  readonly redirectUris?: readonly string[]
}

/** A secret that is wanted; the directory makes it. */
export interface WantedSecret {
  readonly displayName?: string
  /** ISO 8601; two years from now when nothing is said. */
  readonly endDate?: string
}
