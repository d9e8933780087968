import type { Kind } from '../domain/case.ts'
import type { Org } from '../domain/org.ts'
import type { Me } from './records.ts'
import type { Store } from './store.ts'

/** The organisation, with the head's own limits laid over. */
export function readOrg(store: Store): Org {
  throw new Error(`not yet: ${store.folder}`)
}
/** Kinds of work, with the head's own weights laid over. */
export function readKinds(store: Store): Kind[] {
  throw new Error(`not yet: ${store.folder}`)
}
/** Who this connection is, as the backend last said; null before the first answer. */
export function readMe(store: Store): Me | null {
  throw new Error(`not yet: ${store.folder}`)
}
export function writeMe(store: Store, me: Me): void {
  throw new Error(`not yet: ${store.folder} ${me.name}`)
}
