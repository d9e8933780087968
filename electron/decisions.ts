import { join } from 'node:path'

/** The page's own origin: the only place a window of ours ever shows. */
export const pageUrl = 'app://nachalo/index.html'

/** A window stays on its page: any other address, however it looks alike, is refused. */
export const isAllowedNavigation = (url: string): boolean => url.split('#', 1)[0] === pageUrl

/** The window works without any permission; one that it comes to need is named here. */
const allowedPermissions: ReadonlySet<string> = new Set()

export const isAllowedPermission = (permission: string): boolean =>
  allowedPermissions.has(permission)

const fileTypes: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  json: 'application/json',
  svg: 'image/svg+xml',
  png: 'image/png',
  woff2: 'font/woff2',
}

/** A file of the page: one name, or one below `assets`; no dots but before the extension's. */
const allowedPath = /^\/(?:assets\/)?[\w-]+(?:\.[\w-]+)*\.(\w+)$/

/**
 * Where the file of an `app://` address lies under `root` and what it is; null when it is none of
 * the page's. Only plain names pass, so that nothing has to be decoded and nothing can climb out.
 */
export function fileOfAppUrl(url: string, root: string): { path: string; type: string } | null {
  const address = URL.parse(url)
  // What the parser had to mend (dots, controls, slashes) was not written by our page.
  if (address?.href !== url || `${address.protocol}//${address.host}` !== 'app://nachalo')
    return null
  if (address.username || address.password) return null
  const extension = allowedPath.exec(address.pathname)?.[1]
  const type = extension === undefined ? undefined : fileTypes[extension]
  return type === undefined ? null : { path: join(root, ...address.pathname.split('/')), type }
}

const externalProtocols: ReadonlySet<string> = new Set(['https:', 'mailto:', 'tel:'])
const longestExternal = 2000

/** The address as the system may be asked to open it, after the user's yes; null: never. */
export function safeExternal(url: string): string | null {
  const address = URL.parse(url)
  if (!address || url.length > longestExternal || hasControl(url)) return null
  if (address.username || address.password) return null
  return externalProtocols.has(address.protocol) ? address.href : null
}

const hasControl = (text: string) => /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(text)

// AG Grid and Mantine set styles on elements; scripts have no such door.
export const contentPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** What every window is made with. Spelling is off because its dictionaries are fetched from strangers. */
export const safePreferences = {
  contextIsolation: true,
  sandbox: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  webviewTag: false,
  navigateOnDragDrop: false,
  spellcheck: false,
} as const
