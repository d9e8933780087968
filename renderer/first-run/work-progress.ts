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
  const { step, workId, spentMs } = useImport()
  const told = useSession(session => (workId === null ? undefined : session.progress.get(workId)))
  const { done, total } = step.kind === 'uploading' ? step : (told ?? { done: 0, total: null })
  if (total === null) return { share: null, detail: '' }
  const left = leftMs(done, total, spentMs)
  const counted = t('firstRun.import.bytes', {
    done: bytesOf(done, i18n.language),
    total: bytesOf(total, i18n.language),
  })
  const detail =
    left === null
      ? counted
      : `${counted} · ${t('firstRun.import.left', { seconds: Math.ceil(left / 1000) })}`
  return { share: total === 0 ? 100 : Math.min(100, (done / total) * 100), detail }
}

/** Milliseconds still to go at the speed so far; null while it is too early to say. */
function leftMs(done: number, total: number, spentMs: number): number | null {
  if (total === 0 || done / total < leastShareToJudge || done >= total) return null
  return (spentMs * (total - done)) / done
}
