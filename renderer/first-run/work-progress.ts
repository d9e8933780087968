import { useTranslation } from 'react-i18next'
import { useSession } from '../state/session.ts'
import { useImport } from './import-work.ts'

/** «1,4 МБ»: bytes as people write them. */
export function bytesOf(bytes: number, language: string): string {
  const [unit, size] =
    bytes < 1024 * 1024 ? (['kilobyte', 1024] as const) : (['megabyte', 1024 * 1024] as const)
  return new Intl.NumberFormat(language, { style: 'unit', unit, maximumFractionDigits: 1 }).format(
    bytes / size,
  )
}

const leastShareToJudge = 0.02

/** How far the import is: `share` in per cent (null: not known), `detail` in words with the time left. */
export function useImportProgress(): { share: number | null; detail: string } {
  const { t, i18n } = useTranslation()
  const { step, uploadId, startedAt } = useImport()
  const told = useSession(session => (uploadId === null ? undefined : session.progress.get(uploadId)))
  if (step.kind === 'uploading')
    return {
      share: share(step.done, step.total),
      detail: t('firstRun.import.bytes', {
        done: bytesOf(step.done, i18n.language),
        total: bytesOf(step.total, i18n.language),
      }),
    }
  if (!told) return { share: null, detail: '' }
  const { done, total } = told
  if (total === null) return { share: null, detail: t('firstRun.import.rows', { count: done }) }
  const left = leftMs(done, total, Date.now() - startedAt)
  return {
    share: share(done, total),
    detail: [
      t('firstRun.import.rowsOf', { done, total }),
      left === null ? '' : t('firstRun.import.left', { seconds: Math.ceil(left / 1000) }),
    ]
      .filter(Boolean)
      .join(' · '),
  }
}

const share = (done: number, total: number) => (total === 0 ? 100 : Math.min(100, (done / total) * 100))

/** Milliseconds still to go at the speed so far; null while it is too early to say. */
function leftMs(done: number, total: number, spentMs: number): number | null {
  if (total === 0 || done / total < leastShareToJudge) return null
  return (spentMs * (total - done)) / done
}
