import {isTaken, type KeyMaterialPlace} from '../certificates/write-key-material.ts'
import type {Resource, State, Step} from '../plan/plan.ts'

/** The step that makes a key with its certificate and writes their files; its state is the endings of those that are there. */
export const planKeyMaterial = async (base: string, places: readonly KeyMaterialPlace[]): Promise<Step> => ({
  side: 'identity provider',
  kind: 'key material',
  target: base,
  action: 'make a signing key and its certificate',
  manual: false,
  before: await takenOf(places, base),
  after: toState(places, base),
})

/** The files of a key as a thing that plans make: `make` writes all of them or none, so there is never anything to undo. */
export const keyMaterialResource = (places: readonly KeyMaterialPlace[], make: () => Promise<void>): Resource => ({
  read: ({target}) => takenOf(places, target),
  write: async ({after}, to) => {
    if (to === after) await make()
  },
})

async function takenOf(places: readonly KeyMaterialPlace[], base: string): Promise<State> {
  const taken = await Promise.all(places.map(({path}) => isTaken(path)))
  return toState(
    places.filter((_, index) => taken[index]),
    base,
  )
}

const toState = (places: readonly KeyMaterialPlace[], base: string): State =>
  places.length === 0 ? null : places.map(({path}) => path.slice(base.length)).join(' ')
