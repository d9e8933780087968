import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { counted } from '../testing/counted.ts'
import { caught, root } from '../testing/planted-faults.ts'

const faults: Readonly<Record<string, string>> = {
  'electron/ipc-main.ts': "import { ipcMain } from 'electron'\nipcMain.handle('x', () => 1)\n",
  'electron/ipc-member.ts':
    "import * as electron from 'electron'\nelectron.ipcMain.on('x', () => {})\n",
  'electron/ipc-contents.ts': "window.webContents.ipc.handle('x', () => 1)\n",
  'electron/ipc-frame.ts': "frame.ipc.on('x', () => {})\n",
  'electron/ipc-event.ts': "contents.on('ipc-message', () => {})\n",
  'electron/ipc-invoke.ts':
    "import { ipcRenderer } from 'electron'\nvoid ipcRenderer.invoke('x', 1)\n",
  'electron/bridge.ts':
    "import { contextBridge } from 'electron'\ncontextBridge.exposeInMainWorld('x', {})\n",
  'electron/node-integration.ts':
    'export const a = { webPreferences: { nodeIntegration: true } }\n',
  'electron/node-in-workers.ts': 'export const a = { nodeIntegrationInWorker: 1 === 1 }\n',
  'electron/webview.ts': "export const a = { 'webviewTag': true }\n",
  'electron/experimental.ts': 'export const a = { experimentalFeatures: true }\n',
  'electron/blink.ts': "export const a = { enableBlinkFeatures: 'CSSVariables' }\n",
  'electron/insecure.ts': 'export const a = { allowRunningInsecureContent: true }\n',
  'electron/isolation.ts': 'export const a = { contextIsolation: false }\n',
  'electron/sandbox.ts': 'export const a = { sandbox: process.env.CI !== undefined }\n',
  'electron/web-security.ts': 'export const a = { webSecurity: false }\n',
  'electron/no-sandbox.ts': "export const a = ['--no-sandbox']\n",
  'electron/switch.ts': "app.commandLine.appendSwitch('no-sandbox')\n",
  'electron/external.ts':
    "import { shell } from 'electron'\nvoid shell.openExternal('https://x')\n",
  'electron/path.ts': "import { shell } from 'electron'\nvoid shell.openPath('/x')\n",
  'electron/permission.ts':
    'session.setPermissionRequestHandler((_c, _p, answer) => answer(true))\n',
  'electron/certificate.ts':
    "app.on('certificate-error', (event, _w, _u, _e, _c, answer) => answer(true))\n",
  'electron/remote.ts': "window.loadURL('http://example.com')\n",
  'electron/file.ts': "window.loadURL('file:///x.html')\n",
  'core/unverified.ts': 'export const a = { rejectUnauthorized: false }\n',
  'core/serialize.ts': 'export const a = db.serialize()\n',
  'core/backup.ts': "await database.backup('x')\n",
  'core/attach.ts': "db.exec(\"ATTACH 'x.db' AS plain KEY ''\")\n",
  'core/attach-template.ts': "db.exec(`attach database '${path}' as plain\\n key ''`)\n",
  'core/keytar.ts': "import keytar from '@napi-rs/keyring/keytar'\nexport const a = keytar\n",
  'core/keytar-old.ts': "import { getPassword } from 'keytar'\nexport const a = getPassword\n",
  'core/keytar-required.ts': "export const a = require('keytar')\n",
  'renderer/inner.ts': 'element.innerHTML = text\n',
  'renderer/outer.ts': 'element.outerHTML += text\n',
  'renderer/insert.ts': "element.insertAdjacentHTML('beforeend', text)\n",
  'renderer/write.ts': 'document.write(text)\n',
  'renderer/danger.tsx':
    'export const A = () => <p dangerouslySetInnerHTML={{ __html: text }} />\n',
  'renderer/danger-props.ts': 'export const a = { dangerouslySetInnerHTML: { __html: text } }\n',
  'renderer/frame.tsx': 'export const A = () => <iframe srcDoc={text} />\n',
  'renderer/star.ts': "window.postMessage({ secret: 1 }, '*')\n",
}

const innocents: Readonly<Record<string, string>> = {
  'electron/window.ts':
    'export const a = { contextIsolation: true, sandbox: true, webSecurity: true, nodeIntegration: false, webviewTag: false }\n',
  'electron/open-external.ts':
    "import { shell } from 'electron'\nvoid shell.openExternal('https://x')\n",
  'electron/guard.ts': 'session.setPermissionRequestHandler((_c, _p, answer) => answer(false))\n',
  'electron/port.ts':
    "ipcRenderer.on('port', () => {})\ncontents.postMessage('port', null, [port])\n",
  'electron/load.ts': 'window.loadURL(pageUrl)\n',
  'e2e/browser.ts': "export const args = ['--no-sandbox']\n",
  'core/attach.ts': "db.exec(\"ATTACH 'x.db' AS replica KEY 'x''00''\")\n",
  'core/keyring.ts': "import { AsyncEntry } from '@napi-rs/keyring'\nexport const a = AsyncEntry\n",
  'core/backup.ts': 'export const a = await core.backup({})\nexport const b = schema.serialize()\n',
  'renderer/text.tsx': 'export const A = () => <p title={innerHTML}>{text}</p>\n',
  'renderer/port.ts': 'port.postMessage({ a: 1 })\nwindow.postMessage(1, location.origin)\n',
}

test('every planted fault of safety is caught, once', () => {
  const found = caught('safety', faults)
  const planted = Object.keys(faults)
  const missed = planted.filter(file => found.get(file)?.length !== 1)
  counted(`safety rules: ${planted.length} planted faults, ${missed.length} missed`)
  assert.deepEqual(missed, [])
  assert.ok(planted.length >= 40)
})

test('no innocent neighbour is caught', () => {
  assert.deepEqual([...caught('safety', innocents).entries()], [])
})

test('our own source has both rules on, everywhere', () => {
  const config = JSON.parse(readFileSync(join(root, '.oxlintrc.json'), 'utf8'))
  assert.deepEqual(
    [config.rules['nachalo/wall'], config.rules['nachalo/safety']],
    ['error', 'error'],
  )
  for (const { rules } of config.overrides)
    assert.deepEqual(
      Object.keys(rules).filter(name => name.startsWith('nachalo/')),
      [],
    )
})
