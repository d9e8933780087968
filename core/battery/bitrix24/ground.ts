import type { WorkspaceId } from '../../domain/id.ts'
import type { Ground } from './life.ts'
import { openMemoryStore } from './memory-store.ts'
import { createVirtual } from './virtual.ts'

/** Opened once for all lives of a process. */
export function prepareGround(): Ground {
  const ground: Ground = {
    memory: openMemoryStore('bitrix24-00000000' as WorkspaceId, () => ground.time.now()),
    time: createVirtual(),
  }
  return ground
}
