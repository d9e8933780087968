import { Notification } from 'electron'
import type { News } from './news.ts'

export interface Notices {
  hear(news: News, isHidden: boolean): void
  /** The window is being looked at. */
  forget(): void
}

/** One notification for all that came since the window was last seen; it never says what they are about. */
export function createNotices(title: string, show: () => void): Notices {
  let shown: Notification | null = null
  let told = 0
  const forget = () => {
    told = 0
    shown?.close()
    shown = null
  }
  return {
    forget,
    hear({ arrived, notice }, isHidden) {
      if (!isHidden) return forget()
      if (notice === null || arrived <= told || !Notification.isSupported()) return
      shown?.close()
      told = arrived
      shown = new Notification({ title, body: notice })
      shown.on('click', show)
      shown.show()
    },
  }
}
