import { readFile } from 'node:fs/promises'
import { protocol } from 'electron'
import { contentPolicy, fileOfAppUrl } from './decisions.ts'

/** Before Electron is ready: `app://` is an origin of its own, as strict as https. */
export function declarePageScheme(): void {
  const privileges = { standard: true, secure: true, supportFetchAPI: true, corsEnabled: true }
  protocol.registerSchemesAsPrivileged([{ scheme: 'app', privileges }])
}

/** Serves the built page from `root` and nothing else. */
export function servePage(root: string): void {
  protocol.handle('app', async ({ method, url }) => {
    const file = method === 'GET' ? fileOfAppUrl(url, root) : null
    const body = file && (await readFile(file.path).catch(() => null))
    if (!file || !body) return new Response(null, { status: 404 })
    return new Response(new Uint8Array(body), {
      headers: {
        'content-type': file.type,
        'content-security-policy': contentPolicy,
        'x-content-type-options': 'nosniff',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
      },
    })
  })
}
