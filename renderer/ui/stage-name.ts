import type { CaseStatus } from '../../core/domain/case.ts'
import type { Stage } from '../../core/domain/stage.ts'
import { useWords } from './use-words.ts'

const statuses: ReadonlySet<string> = new Set<CaseStatus>([
  'open',
  'waiting',
  'awaitingApproval',
  'closed',
])

/** A stage as people call it: the backend's own name, or the status in words. */
export function useStageName(): (stage: Stage | string) => string {
  const t = useWords()
  return stage => {
    const name = typeof stage === 'string' ? stage : (stage.name ?? stage.status)
    return statuses.has(name) ? t(`board.stage.${name}`) : name
  }
}
