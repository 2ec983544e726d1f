/** What a tenant says about its synchronisation from a directory on premises. */
export interface Synchronization {
  readonly alertThreshold: number
  readonly synchronizationPreventionType: (typeof preventionTypes)[number]
  readonly features: Readonly<Record<string, boolean>>
}

/** How many deletions stop a synchronisation: none, a number, or a percentage. */
export const preventionTypes = ['disabled', 'enabledForCount', 'enabledForPercentage'] as const

const off = [
  'allowOnPremUpdateOfOnPremisesObjectIdentifierEnabled',
  'blockCloudObjectTakeoverThroughHardMatchEnabled',
  'blockSoftMatchEnabled',
  'bypassDirSyncOverridesEnabled',
  'cloudPasswordPolicyForPasswordSyncedUsersEnabled',
  'concurrentCredentialUpdateEnabled',
  'concurrentOrgIdProvisioningEnabled',
  'deviceWritebackEnabled',
  'directoryExtensionsEnabled',
  'fopeConflictResolutionEnabled',
  'groupWriteBackEnabled',
  'passwordSyncEnabled',
  'passwordWritebackEnabled',
  'unifiedGroupWritebackEnabled',
  'userForcePasswordChangeOnLogonEnabled',
  'userWritebackEnabled',
] as const

// Since 2016 every new tenant has these, and they cannot be turned off again.
const on = [
  'quarantineUponProxyAddressesConflictEnabled',
  'quarantineUponUpnConflictEnabled',
  'softMatchOnUpnEnabled',
  'synchronizeUpnForManagedUsersEnabled',
] as const

/** The names of the features that can be turned on. */
export const featureNames: readonly string[] = [...off, ...on].toSorted()

/** Features that stay on once they are. */
export const lastingFeatures: readonly string[] = on

/** What holds in a new tenant: a synchronisation that deletes more than 500 objects stops. */
export const usualSynchronization: Synchronization = {
  alertThreshold: 500,
  synchronizationPreventionType: 'enabledForCount',
  features: Object.fromEntries(featureNames.map((name) => [name, lastingFeatures.includes(name)])),
}
