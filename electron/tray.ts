import { join } from 'node:path'
import { Menu, Tray } from 'electron'
import { trayPicture } from './manners.ts'
import type { News } from './news.ts'

export interface DesktopTray {
  hear(news: News): void
}

/** The tray with its count, or null where the system gives none. `pictures`: the folder they lie in. */
export function openTray(
  pictures: string,
  platform: string,
  act: { readonly show: () => void; readonly quit: () => void },
): DesktopTray | null {
  const pictureOf = (waiting: number) => join(pictures, trayPicture(platform, waiting))
  let tray: Tray
  try {
    tray = new Tray(pictureOf(0))
  } catch {
    return null
  }
  tray.on('click', act.show)
  return {
    hear({ waiting, tooltip, labels }) {
      tray.setImage(pictureOf(waiting))
      tray.setToolTip(tooltip)
      if (platform === 'darwin') tray.setTitle(waiting > 0 ? String(waiting) : '')
      tray.setContextMenu(
        Menu.buildFromTemplate([
          { label: labels.show, click: act.show },
          { type: 'separator' },
          { label: labels.quit, click: act.quit },
        ]),
      )
    },
  }
}
