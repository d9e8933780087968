import { existsSync, readFileSync, statSync, writeFile } from 'node:fs'
import { join } from 'node:path'
import { thisMachine, whyNoWindow } from './browser.mjs'
import { endOf, startChild } from './children.mjs'
import { tell } from './program.mjs'
import { root } from './root.mjs'

const folder = join(root, 'node_modules', 'electron')
const triedPath = join(root, 'node_modules', '.electron-tried')
const answerSeconds = 5
const downloadMs = 180_000
const dayMs = 86_400_000

/** Path of the Electron runtime when it lies here; its npm package brings none. */
function installedElectron() {
  const pathFile = join(folder, 'path.txt')
  if (!existsSync(pathFile)) return null
  const dist = process.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? join(folder, 'dist')
  const path = join(dist, readFileSync(pathFile, 'utf8'))
  return existsSync(path) ? path : null
}

/**
 * The runtime, downloaded if need be; null after telling why not. A server that does not answer
 * in five seconds is asked again no sooner than tomorrow.
 * @param {string} node path of Node 24
 * @param {import('./words.mjs').Say} say
 * @returns {Promise<string | null>}
 */
export async function electronRuntime(node, say) {
  if (whyNoWindow(thisMachine())) return null
  const installed = installedElectron()
  if (installed || wasTriedToday()) return installed
  const url = new URL(downloadUrl())
  const why = (await isAnswering(url)) ? await download(node, say) : 'unreachable'
  if (!why) return installedElectron()
  // Where node_modules is not ours to write, it is asked again at every start.
  writeFile(triedPath, '', () => {})
  tell(say('noElectron', { why: say(`why.${why}`, { host: url.host, seconds: answerSeconds }) }))
  return null
}

const wasTriedToday = () =>
  Date.now() - (statSync(triedPath, { throwIfNoEntry: false })?.mtimeMs ?? 0) < dayMs

function downloadUrl() {
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const mirror =
    process.env['ELECTRON_MIRROR'] ??
    process.env['npm_config_electron_mirror'] ??
    'https://github.com/electron/electron/releases/download/'
  return `${mirror}v${version}/electron-v${version}-${process.platform}-${process.arch}.zip`
}

/** @type {(url: URL) => Promise<boolean>} */
const isAnswering = url =>
  fetch(url, { method: 'HEAD', signal: AbortSignal.timeout(answerSeconds * 1000) }).then(
    response => response.ok,
    () => false,
  )

/** @type {(node: string, say: import('./words.mjs').Say) => Promise<'downloadFailed' | null>} */
async function download(node, say) {
  tell(say('electronDownloading'))
  const code = await endOf(
    startChild(node, [join(folder, 'install.js')], { stdio: 'ignore', timeout: downloadMs }),
  )
  return code === 0 ? null : 'downloadFailed'
}
