import { useEffect } from 'react'
import type { Mended } from '../../core/contract.ts'
import { sayUntil } from '../../core/words/say.ts'
import { useReplica } from '../state/replica.ts'
import { say } from '../state/view.ts'
import { Notice } from './notice.tsx'
import { usePlace } from './sentence.ts'
import { useWords } from './use-words.ts'

/** What became of the file of decisions, in a sentence; null: nothing happened to it. */
function useMended(): { readonly text: string; readonly isBad: boolean } | null {
  const t = useWords()
  const place = usePlace()
  const mended = useReplica(replica => replica.mended)
  if (!mended) return null
  const textOf = ({ restoredAt, lost }: Mended) =>
    [
      restoredAt === null
        ? t('desktop.mended.older')
        : t('desktop.mended.restored', { at: sayUntil(restoredAt, place) }),
      lost > 0 ? t('desktop.mended.lost', { number: lost }) : t('desktop.mended.nothingLost'),
    ].join(' ')
  return { text: textOf(mended), isBad: mended.lost > 0 }
}

/** Said once when the space opens, and as long as the program runs where decisions are shown. */
export function MendedToast() {
  const told = useMended()
  const isTold = told !== null
  const isBad = told?.isBad ?? false
  const text = told?.text ?? ''
  useEffect(() => {
    if (isTold) say({ kind: 'said', text, isBad })
  }, [isTold, text, isBad])
  return null
}

export function MendedNotice() {
  const told = useMended()
  return told && <Notice tone={told.isBad ? 'bad' : 'warn'}>{told.text}</Notice>
}
