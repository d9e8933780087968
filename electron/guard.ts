import type { Session, WebContents } from 'electron'
import { isAllowedNavigation, isAllowedPermission } from './decisions.ts'

/** Refuses what a page may ask of a session: Electron's own answer to most of it is yes. */
export function guardSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, answer) =>
    answer(isAllowedPermission(permission)),
  )
  session.setPermissionCheckHandler((_contents, permission) => isAllowedPermission(permission))
  session.setDevicePermissionHandler(() => false)
  session.setDisplayMediaRequestHandler((_request, answer) => answer({}))
  session.setUSBProtectedClassesHandler(({ protectedClasses }) => protectedClasses)
  session.setBluetoothPairingHandler((_details, answer) => answer({ confirmed: false }))
}

/** Keeps a page where it is; what it wants to open elsewhere goes to `openExternal`. */
export function guardContents(contents: WebContents, openExternal: (url: string) => void): void {
  for (const name of ['will-navigate', 'will-frame-navigate', 'will-redirect'] as const)
    contents.on(name as 'will-navigate', event => {
      if (!isAllowedNavigation(event.url)) event.preventDefault()
    })
  contents.on('will-attach-webview', event => event.preventDefault())
  contents.setWindowOpenHandler(({ url }) => {
    openExternal(url)
    return { action: 'deny' }
  })
}
