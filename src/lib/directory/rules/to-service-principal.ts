type Json = Readonly<Record<string, unknown>>

/** What a service principal has of its application, as columns: it changes when the application does. */
export function toServicePrincipal(application: Json): Json {
  const {appId, displayName, description, appRoles, signInAudience, tags, info, applicationTemplateId} = application
  const part = (name: string): Json => JSON.parse(String(application[name] ?? '{}')) as Json
  const [api, web] = [part('api'), part('web')]
  const redirects = ['web', 'spa', 'publicClient'].flatMap((name) => (part(name)['redirectUris'] ?? []) as string[])
  const names = JSON.parse(String(application['identifierUris'])) as string[]
  return {
    appDescription: description,
    appDisplayName: displayName,
    appId,
    appOwnerOrganizationId: application['tenantId'],
    appRoles,
    applicationTemplateId,
    displayName,
    homepage: web['homePageUrl'] ?? null,
    info,
    logoutUrl: web['logoutUrl'] ?? null,
    oauth2PermissionScopes: JSON.stringify(api['oauth2PermissionScopes'] ?? []),
    replyUrls: JSON.stringify(redirects),
    servicePrincipalNames: JSON.stringify([...names, appId]),
    signInAudience,
    tags,
  }
}
