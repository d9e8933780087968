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
  const stay = (event: { readonly url: string; preventDefault(): void }) => {
    if (!isAllowedNavigation(event.url)) event.preventDefault()
  }
  contents.on('will-navigate', stay)
  contents.on('will-frame-navigate', stay)
  contents.on('will-redirect', stay)
  contents.on('will-attach-webview', event => event.preventDefault())
  contents.setWindowOpenHandler(({ url }) => {
    openExternal(url)
    return { action: 'deny' }
  })
}

/** Whether what is shown there is our page, so that it may speak to the core. */
export const mayHavePort = (contents: Pick<WebContents, 'isDestroyed' | 'getURL'>): boolean =>
  !contents.isDestroyed() && isAllowedNavigation(contents.getURL())
