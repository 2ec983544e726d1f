/** Whom a request speaks for. */
export type Principal = OwnerPrincipal | ApplicationPrincipal | UserPrincipal

/** The owner of the store, for one tenant (and as one of its accounts) or, without a tenant, for the tenants as a whole: may do everything. */
export interface OwnerPrincipal {
  readonly kind: 'owner'
  readonly tenantId?: string
  readonly accountId?: string
}

/** An application by itself. */
export interface ApplicationPrincipal {
  readonly kind: 'application'
  readonly tenantId: string
  readonly appId: string
  readonly servicePrincipalId: string
  readonly displayName: string
  /** The permissions it was given. */
  readonly permissions: readonly string[]
}

/** An application for a user who is signed in: may do what both may. */
export interface UserPrincipal {
  readonly kind: 'user'
  readonly tenantId: string
  readonly appId: string
  readonly accountId: string
  /** The permissions that the user gave the application. */
  readonly permissions: readonly string[]
}

/** The user who asks; undefined when no user does. */
export const accountOf = (caller: Principal): string | undefined =>
  caller.kind === 'application' ? undefined : caller.accountId
