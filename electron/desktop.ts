import { join } from 'node:path'
import { app, nativeImage, type BrowserWindow } from 'electron'
import { clearMenu, setMenu } from './menu.ts'
import { newsOf, type Labels } from './news.ts'
import { createNotices } from './notices.ts'
import { readRemembered, remember, zoomAfter, type ZoomStep } from './remembered.ts'
import { openTray } from './tray.ts'
import { focusWindow, windowTitle } from './window.ts'

export interface Surroundings {
  readonly platform: string
  /** Folder of the tray's pictures. */
  readonly pictures: string
  /** File that remembers bounds and zoom. */
  readonly memory: string
  /** Closing hides: there is a tray to call the window back from. */
  readonly isHiding: boolean
}

/** The window's manners on its desktop; `hear` takes what the core says, whatever it is. */
export function settle(
  window: BrowserWindow,
  { platform, pictures, memory, isHiding }: Surroundings,
): { hear(message: unknown): void } {
  const show = () => focusWindow(window)
  const quit = () => app.quit()
  const notices = createNotices(windowTitle, show)
  const tray = isHiding ? openTray(pictures, platform, { show, quit }) : null
  keepPlace(window, memory)
  if (tray) hideWhenClosed(window)
  window.on('show', notices.forget)
  window.on('restore', notices.forget)
  window.on('focus', notices.forget)
  const zoom = zoomOf(window, memory)
  clearMenu(platform)
  let written: Labels | null = null
  return {
    hear(message) {
      const news = newsOf(message)
      if (!news) return
      if (JSON.stringify(written) !== JSON.stringify(news.labels)) {
        written = news.labels
        setMenu(platform, written, { show, quit, zoom })
      }
      tray?.hear(news)
      app.setBadgeCount(news.waiting)
      if (platform === 'win32') {
        const dot = nativeImage.createFromPath(join(pictures, 'overlay.png'))
        window.setOverlayIcon(news.waiting > 0 ? dot : null, news.tooltip)
      }
      notices.hear(news, !window.isVisible() || window.isMinimized())
    },
  }
}

function hideWhenClosed(window: BrowserWindow): void {
  let isQuitting = false
  app.on('before-quit', () => (isQuitting = true))
  window.on('close', event => {
    if (isQuitting) return
    event.preventDefault()
    window.hide()
  })
}

/** Written whenever the window is left, so that a machine that fails loses little. */
function keepPlace(window: BrowserWindow, memory: string): void {
  const keep = () =>
    remember(memory, {
      ...readRemembered(memory),
      bounds: window.getNormalBounds(),
      isMaximized: window.isMaximized(),
    })
  window.on('blur', keep)
  window.on('close', keep)
}

function zoomOf(window: BrowserWindow, memory: string): (step: ZoomStep) => void {
  const { webContents } = window
  webContents.on('did-finish-load', () => webContents.setZoomFactor(readRemembered(memory).zoom))
  return step => {
    const remembered = readRemembered(memory)
    const zoom = zoomAfter(remembered.zoom, step)
    webContents.setZoomFactor(zoom)
    remember(memory, { ...remembered, zoom })
  }
}
