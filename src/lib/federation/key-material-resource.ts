import {isTaken, type KeyMaterialPlace} from '../certificates/write-key-material.ts'
import type {Resource, Step} from '../plan/plan.ts'

/** The step that makes a key with its certificate and writes their files; its state is which of the files are there. */
export const planKeyMaterial = async (base: string, places: readonly KeyMaterialPlace[]): Promise<Step> => ({
  side: 'identity provider',
  kind: 'key material',
  target: base,
  action: 'make a signing key and its certificate',
  manual: false,
  before: await takenOf(places),
  after: places.map(({path}) => path),
})

/** The files of a key as a thing that plans make: `make` writes all of them or none, so there is never anything to undo. */
export const keyMaterialResource = (places: readonly KeyMaterialPlace[], make: () => Promise<void>): Resource => ({
  read: () => takenOf(places),
  write: async ({after}, to) => {
    if (to === after) await make()
  },
})

async function takenOf(places: readonly KeyMaterialPlace[]): Promise<string[]> {
  const taken = await Promise.all(places.map(({path}) => isTaken(path)))
  return places.filter((_, index) => taken[index]).map(({path}) => path)
}
