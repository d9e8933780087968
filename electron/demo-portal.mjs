/** An emulated portal of Bitrix24 beside the console: `npm start -- --space bitrix24-demo`. */
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { startChild } from './children.mjs'
import { coreFlags } from './core-flags.mjs'
import { root } from './root.mjs'

export const portalDemo = 'bitrix24-demo'

/**
 * Starts it with the console and ends it with the console; what the core is told of it.
 * @param {string} node
 * @returns {Promise<Record<string, string>>}
 */
export async function startDemoPortal(node) {
  const leash = new URL('leash.mjs', import.meta.url).href
  const program = join(root, 'core', 'cli', 'main.ts')
  const args = [program, 'emulator', 'bitrix24', '--json', '--port', '0']
  const portal = startChild(node, [...coreFlags, '--import', leash, ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  if (!portal.stdout) return {}
  for await (const line of createInterface({ input: portal.stdout })) {
    /** @type {{ webhooks: readonly { webhook: string }[] }} */
    const { webhooks } = JSON.parse(line)
    return { NACHALO_DEMO_PORTAL: webhooks.map(({ webhook }) => webhook).join(' ') }
  }
  return {}
}
