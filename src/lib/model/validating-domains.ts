/** The sets of domains that need no list of names. */
export const allDomains = ['none', 'all', 'allFederated', 'allManaged'] as const
/** The sets of domains that a list of names belongs to. */
export const enumeratedDomains = ['enumerated', 'allManagedAndEnumeratedFederated'] as const

/** Of which users the root domain must be the one whose trust issued the token. */
export interface ValidatingDomains {
  readonly rootDomains: (typeof allDomains)[number] | (typeof enumeratedDomains)[number]
  /** Root domains, lower case. */
  readonly domainNames: readonly string[]
}

/** What holds for a tenant that has said nothing. */
export const defaultValidatingDomains: ValidatingDomains = {rootDomains: 'all', domainNames: []}

/** Whether users of this root domain may come with a token of its own trust only. */
export function isValidated(
  {rootDomains, domainNames}: ValidatingDomains,
  {root, isFederated}: {root: string; isFederated: boolean},
): boolean {
  const isListed = domainNames.includes(root)
  return {
    none: false,
    all: true,
    allFederated: isFederated,
    allManaged: !isFederated,
    enumerated: isListed,
    allManagedAndEnumeratedFederated: !isFederated || isListed,
  }[rootDomains]
}
