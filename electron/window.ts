import { join } from 'node:path'
import { BrowserWindow } from 'electron'
import { pageUrl, safePreferences } from './decisions.ts'
import { leastSize, type Bounds } from './remembered.ts'

export const windowTitle = 'Начало'

/** Opens the one window, where it stood or where the system puts it; it is shown when there is something to see. */
export function openWindow(
  built: string,
  stood: { readonly bounds: Bounds | null; readonly isMaximized: boolean },
): BrowserWindow {
  const window = new BrowserWindow({
    ...(stood.bounds ?? { width: 1440, height: 900 }),
    minWidth: leastSize.width,
    minHeight: leastSize.height,
    show: false,
    autoHideMenuBar: true,
    title: windowTitle,
    webPreferences: { ...safePreferences, preload: join(built, 'preload', 'preload.cjs') },
  })
  if (stood.isMaximized) window.maximize()
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
