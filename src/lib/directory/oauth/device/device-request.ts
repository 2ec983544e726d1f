/** What a browser signs in for when a device waits. */
export interface DeviceRequest {
  readonly kind: 'device'
  /** Absent where the user decides. */
  readonly tenantId?: string
  readonly deviceCodeHash: string
  readonly appId: string
  readonly samlRequestId?: string
  /** Who has signed in and is asked whether the device may have it. */
  readonly signedIn?: {
    readonly tenantId: string
    readonly userId: string
    readonly time: string
    readonly methods: readonly string[]
  }
}
