import { Menu } from 'electron'

/** macOS cannot copy and paste without a menu; elsewhere the window has its own keys and needs none. */
export function setMenu(platform: string): void {
  const isMac = platform === 'darwin'
  Menu.setApplicationMenu(
    isMac
      ? Menu.buildFromTemplate([{ role: 'appMenu' }, { role: 'editMenu' }, { role: 'windowMenu' }])
      : null,
  )
}
