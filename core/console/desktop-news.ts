import type { Arg } from '../contract.ts'
import { createWords } from '../words/words.ts'

/** What crosses to Electron's main process: two counts and our own sentences; never a word of a case. */
export interface DesktopNews {
  readonly kind: 'desktop'
  readonly waiting: number
  readonly arrived: number
  readonly tooltip: string
  readonly notice: string | null
  readonly labels: Readonly<Record<string, string>>
}

export function desktopNews({ waiting, arrived, language }: Arg<'tellDesktop'>): DesktopNews {
  const { t } = createWords(language)
  return {
    kind: 'desktop',
    waiting,
    arrived,
    tooltip: t('desktop.waiting', { count: waiting }),
    notice: arrived > 0 ? t('desktop.arrived', { count: arrived }) : null,
    labels: {
      show: t('desktop.show'),
      quit: t('desktop.quit'),
      program: t('desktop.program'),
      view: t('desktop.view'),
      zoomIn: t('desktop.zoomIn'),
      zoomOut: t('desktop.zoomOut'),
      zoomReset: t('desktop.zoomReset'),
      fullScreen: t('desktop.fullScreen'),
    },
  }
}
