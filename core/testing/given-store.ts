import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { recordAct } from '../store/acts.ts'
import { openStore } from '../store/open-store.ts'
import { applyPage } from '../store/write.ts'
import { aDecision, aPage, aWholeCase, space, storeKey, temporaryFolder } from './store-world.ts'

export const now = () => 1_790_000_000_000

/** A store with one case given out, and how to open it. */
export function givenStore(t: TestContext, key: Buffer | null = storeKey) {
  const folder = join(temporaryFolder(t), 'space')
  const open = (openKey = key) => openStore({ folder, workspaceId: space, key: openKey, now })
  const file = (name: string) => join(folder, name)
  const store = open()
  applyPage(store, aPage({ cases: [aWholeCase('1'), aWholeCase('2')] }))
  const decision = aDecision('d1')
  recordAct(store, { actId: decision.actId, verb: 'assign', target: 'Анна', decisions: [decision] })
  return { folder, store, open, file }
}
