/** Runs the real linter over planted faults: each must be caught, and each innocent neighbour must not. */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { walls } from './walls.mjs'

const root = fileURLToPath(new URL('../../', import.meta.url))

/** The messages of one rule of ours by file, for a folder of planted files. */
function caught(
  rule: 'wall' | 'safety',
  files: Readonly<Record<string, string>>,
): Map<string, string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'nachalo-lint-'))
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
  const rules = { [`nachalo/${rule}`]: 'error' }
  const config = {
    jsPlugins: [join(root, 'electron/lint/plugin.mjs')],
    categories: { correctness: 'off' },
    rules,
  }
  writeFileSync(join(folder, '.oxlintrc.json'), JSON.stringify(config))
  const oxlint = join(root, 'node_modules', 'oxlint', 'bin', 'oxlint')
  const { stdout, stderr } = spawnSync(process.execPath, [oxlint, '-f', 'json'], {
    cwd: folder,
    encoding: 'utf8',
  })
  assert.ok(stdout.startsWith('{'), stdout + stderr)
  const report: {
    number_of_files: number
    diagnostics: { filename: string; code: string; message: string }[]
  } = JSON.parse(stdout)
  assert.equal(report.number_of_files, Object.keys(files).length)
  const messages = new Map<string, string[]>()
  for (const { filename, code, message } of report.diagnostics) {
    assert.equal(code, `nachalo(${rule})`, `${filename}: ${code} ${message}`)
    messages.set(filename, [...(messages.get(filename) ?? []), message])
  }
  return messages
}

/** One deliberate violation a line: the file, and what it must not import. */
const violations: readonly [string, string][] = [
  ['core/domain/a.ts', '../store/db.ts'],
  ['core/domain/b.ts', 'zod'],
  ['core/domain/c.ts', 'node:fs'],
  ['core/domain/d.ts', 'fs'],
  ['core/domain/e.ts', '../contract.ts'],
  ['core/contract.ts', './store/db.ts'],
  ['core/rpc.ts', 'node:http'],
  ['core/rpc.ts', 'ws'],
  ['core/words/a.ts', '../store/db.ts'],
  ['core/words/b.ts', 'react'],
  ['core/store/a.ts', '../service/assign.ts'],
  ['core/store/b.ts', '../sync/push.ts'],
  ['core/store/c.ts', '../backends/backend.ts'],
  ['core/store/d.ts', '../hub/store/db.ts'],
  ['core/store/migrations/e.ts', '../../service/assign.ts'],
  ['core/store/f.ts', '../contract.ts'],
  ['core/service/a.ts', '../sync/push.ts'],
  ['core/service/b.ts', '../backends/backend.ts'],
  ['core/service/c.ts', '../hub/protocol.ts'],
  ['core/service/d.ts', 'node:http'],
  ['core/service/e.ts', 'fastify'],
  ['core/backends/a.ts', './hub/client.ts'],
  ['core/backends/b.ts', '../store/db.ts'],
  ['core/backends/hub/a.ts', '../../store/db.ts'],
  ['core/backends/hub/b.ts', '../../service/assign.ts'],
  ['core/backends/hub/c.ts', '../../hub/store/db.ts'],
  ['core/backends/hub/d.ts', '../bitrix24/client.ts'],
  ['core/sync/a.ts', '../service/assign.ts'],
  ['core/sync/b.ts', '../backends/hub/client.ts'],
  ['core/sync/c.ts', '../hub/protocol.ts'],
  ['core/hub/a.ts', '../store/db.ts'],
  ['core/hub/http/b.ts', '../../store/db.ts'],
  ['core/hub/c.ts', '../service/assign.ts'],
  ['core/hub/d.ts', '../sync/push.ts'],
  ['core/hub/e.ts', '../backends/hub/client.ts'],
  ['core/hub/f.ts', '../demo/people.ts'],
  ['core/hub/embedded.ts', '../store/db.ts'],
  ['core/demo/a.ts', '../store/db.ts'],
  ['core/import/a.ts', '../store/db.ts'],
  ['core/import/b.ts', '../hub/store/db.ts'],
  ['core/secrets/a.ts', '../store/db.ts'],
  ['core/doors/a.ts', '../service/assign.ts'],
  ['core/main.ts', 'electron'],
  ['core/cli/a.ts', '../../renderer/app.tsx'],
  ['core/console/a.ts', '../../electron/window.ts'],
  ['core/bench/a.ts', 'zustand'],
  ['core/testing/a.ts', 'ag-grid-community'],
  ['renderer/app.tsx', '../core/store/db.ts'],
  ['renderer/main.tsx', 'node:fs'],
  ['renderer/inbox/a.tsx', '../team/team-view.tsx'],
  ['renderer/inbox/b.tsx', '../../core/service/assign.ts'],
  ['renderer/inbox/c.tsx', '../app.tsx'],
  ['renderer/inbox/d.tsx', 'electron'],
  ['renderer/state/e.ts', '../inbox/inbox.tsx'],
  ['renderer/ui/f.tsx', 'better-sqlite3'],
  ['electron/a.ts', '../core/domain/case.ts'],
  ['electron/b.ts', '../renderer/app.tsx'],
  ['electron/c.ts', 'better-sqlite3'],
  ['e2e/a.spec.ts', '../core/main.ts'],
  ['e2e/b.spec.ts', '../electron/install.mjs'],
  ['e2e/c.mjs', '../core/main.ts'],
]

const neighbours: readonly [string, string][] = [
  ['core/domain/a.ts', './case.ts'],
  ['core/contract.ts', './domain/case.ts'],
  ['core/rpc.ts', 'zod'],
  ['core/words/a.ts', '../domain/decision.ts'],
  ['core/store/a.ts', '../domain/case.ts'],
  ['core/store/b.ts', 'better-sqlite3'],
  ['core/store/c.ts', 'node:fs'],
  ['core/service/a.ts', '../store/cases.ts'],
  ['core/service/b.ts', '../contract.ts'],
  ['core/backends/hub/a.ts', '../backend.ts'],
  ['core/backends/hub/b.ts', '../../hub/protocol.ts'],
  ['core/sync/a.ts', '../backends/backend.ts'],
  ['core/hub/http/a.ts', '../store/db.ts'],
  ['core/hub/http/b.ts', 'fastify'],
  ['core/hub/embedded.ts', '../demo/people.ts'],
  ['core/import/a.ts', '../hub/seed.ts'],
  ['core/demo/a.ts', '../hub/seed.ts'],
  ['core/cli/a.ts', '../import/import-file.ts'],
  ['core/main.ts', './sync/push.ts'],
  ['core/store/a.test.ts', '../service/assign.ts'],
  ['renderer/app.tsx', './inbox/inbox.tsx'],
  ['renderer/inbox/a.tsx', './list.ts'],
  ['renderer/inbox/deep/b.tsx', '../list.ts'],
  ['renderer/inbox/c.tsx', '../state/core.ts'],
  ['renderer/inbox/d.tsx', '../../core/contract.ts'],
  ['renderer/inbox/e.tsx', './inbox.module.css'],
  ['electron/a.ts', 'electron'],
  ['electron/b.ts', 'node:path'],
  ['e2e/a.spec.ts', '@playwright/test'],
  ['e2e/c.mjs', '../electron/install.mjs'],
  ['e2e/playwright.config.ts', '../electron/browser.mjs'],
]

/** Each pair lies in a checkout of its own, so that one file name can be planted twice. */
function caughtByWall(pairs: readonly [string, string][]): boolean[] {
  const rounds = pairs.reduce<[string, string][][]>((all, pair) => {
    const free = all.find(round => round.every(([file]) => file !== pair[0]))
    if (free) free.push(pair)
    else all.push([pair])
    return all
  }, [])
  const bad = new Map<string, boolean>()
  for (const round of rounds) {
    const found = caught(
      'wall',
      Object.fromEntries(
        round.map(([file, target]) => [
          file,
          `import * as imported from '${target}'\nexport const all = imported\n`,
        ]),
      ),
    )
    for (const [file, target] of round) bad.set(`${file} ${target}`, found.has(file))
  }
  return pairs.map(pair => bad.get(pair.join(' ')) === true)
}

test('one deliberate violation of every wall is caught', () => {
  const found = caughtByWall(violations)
  assert.deepEqual(
    violations.filter((_, place) => !found[place]),
    [],
  )
  for (const { from } of walls)
    assert.ok(
      violations.some(([file]) => walls.find(row => row.from.test(file))?.from === from),
      `${from} is not tried`,
    )
})

test('what a wall lets through is not caught', () => {
  const found = caughtByWall(neighbours)
  assert.deepEqual(
    neighbours.filter((_, place) => found[place]),
    [],
  )
})

test('a wall is seen in every form of import', () => {
  const forms = {
    'core/domain/a.ts': "import type { Db } from '../store/db.ts'\nexport type Mine = Db\n",
    'core/domain/b.ts': "export { openDatabase } from '../store/db.ts'\n",
    'core/domain/c.ts': "export * from '../store/db.ts'\n",
    'core/domain/d.ts': "export const later = () => import('../store/db.ts')\n",
    'core/domain/e.ts': "export type Mine = import('../store/db.ts').Db\n",
    'core/domain/f.ts': "import '../store/db.ts'\n",
  }
  assert.deepEqual([...caught('wall', forms).keys()].toSorted(), Object.keys(forms))
})

const faults: Readonly<Record<string, string>> = {
  'electron/ipc-main.ts': "import { ipcMain } from 'electron'\nipcMain.handle('x', () => 1)\n",
  'electron/ipc-member.ts':
    "import * as electron from 'electron'\nelectron.ipcMain.on('x', () => {})\n",
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
  assert.deepEqual(
    Object.keys(faults).filter(file => found.get(file)?.length !== 1),
    [],
  )
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
