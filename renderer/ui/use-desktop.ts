import { useEffect } from 'react'
import { showOnDesktop } from '../state/desktop.ts'
import { useReplica } from '../state/replica.ts'
import { useInboxCases } from '../state/select.ts'
import { useLanguage, useWords } from './use-words.ts'

/** The count of «Начало» where it can be seen without looking: the title, and the desktop around the window. */
export function useDesktop(): void {
  const t = useWords()
  const cases = useInboxCases()
  const place = useReplica(({ space, me }) => (me ? (space?.workspaceId ?? null) : null))
  const language = useLanguage()
  const title =
    cases.length > 0 ? t('desktop.title', { count: cases.length }) : t('desk.view.inbox')
  useEffect(() => {
    document.title = title
  }, [title])
  useEffect(() => {
    showOnDesktop({ place, caseIds: cases.map(({ caseId }) => caseId), language })
  }, [place, cases, language])
}
