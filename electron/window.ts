import { join } from 'node:path'
import { BrowserWindow } from 'electron'
import { pageUrl, safePreferences } from './decisions.ts'

/** Opens the one window; it is shown when there is something to see. */
export function openWindow(built: string): BrowserWindow {
  const window = new BrowserWindow({
    width: 1440,
    height: 900,
    minWidth: 960,
    minHeight: 600,
    show: false,
    title: 'Начало',
    webPreferences: { ...safePreferences, preload: join(built, 'preload', 'preload.cjs') },
  })
  window.once('ready-to-show', () => window.show())
  void window.loadURL(pageUrl)
  return window
}

/** Brings a window that may be minimised, hidden or behind others to the front. */
export function focusWindow(window: BrowserWindow | undefined): void {
  if (window?.isMinimized()) window.restore()
  window?.show()
  window?.focus()
}
