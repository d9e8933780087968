import assert from 'node:assert/strict'
import { test } from 'node:test'
import { caught } from '../testing/planted-faults.ts'
import { walls } from './walls.mjs'

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
  ['core/backends/bitrix24/a.ts', '../../store/db.ts'],
  ['core/backends/bitrix24/b.ts', '../hub/client.ts'],
  ['core/backends/bitrix24/c.ts', '../../hub/protocol.ts'],
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
  ['core/emulators/bitrix24/a.ts', '../../backends/backend.ts'],
  ['core/emulators/b.ts', '../words/words.ts'],
  ['core/secrets/a.ts', '../store/db.ts'],
  ['core/doors/a.ts', '../service/assign.ts'],
  ['core/main.ts', 'electron'],
  ['core/cli/a.ts', '../../renderer/app.tsx'],
  ['core/console/a.ts', '../../electron/window.ts'],
  ['core/bench/a.ts', 'zustand'],
  ['core/testing/a.ts', 'ag-grid-community'],
  ['renderer/app.tsx', '../core/store/db.ts'],
  ['renderer/main.ts', 'node:fs'],
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
  ['core/backends/bitrix24/a.ts', '../errors.ts'],
  ['core/sync/a.ts', '../backends/backend.ts'],
  ['core/hub/http/a.ts', '../store/db.ts'],
  ['core/hub/http/b.ts', 'fastify'],
  ['core/hub/embedded.ts', '../demo/people.ts'],
  ['core/import/a.ts', '../hub/seed.ts'],
  ['core/demo/a.ts', '../hub/seed.ts'],
  ['core/emulators/bitrix24/a.ts', '../../domain/case.ts'],
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
