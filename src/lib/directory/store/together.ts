import type {Store} from './open-store.ts'

/** How a store makes changes that need not be safe at once, and makes sure afterwards that all are. */
export interface Haste {
  /** As Store.change, but the disk may have it later. */
  readonly change: Store['change']
  /** Waits until the disk has everything that was changed before. */
  readonly settle: () => Promise<void>
}

/** Store.together of a store. */
export async function runTogether<Result>(
  store: Store,
  {change, settle}: Haste,
  work: (store: Store) => Promise<Result>,
): Promise<Result> {
  let hasChanged = false
  const hasty: Store = {
    ...store,
    change: async (one) => {
      const result = await change(one)
      hasChanged = true
      return result
    },
    together: (inner) => inner(hasty),
  }
  try {
    return await work(hasty)
  } finally {
    if (hasChanged) await settle()
  }
}
