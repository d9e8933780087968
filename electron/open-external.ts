import { dialog, shell } from 'electron'
import { safeExternal } from './decisions.ts'

/** Asks before anything leaves the window; the address itself is the question, so it needs no language. */
export async function openExternal(url: string): Promise<void> {
  const safe = safeExternal(url)
  if (!safe) return
  const { response } = await dialog.showMessageBox({
    type: 'question',
    message: safe,
    buttons: ['✕', '↗'],
    defaultId: 0,
    cancelId: 0,
  })
  if (response === 1) await shell.openExternal(safe)
}
