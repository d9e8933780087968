import assert from 'node:assert/strict'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { readSettings, writeSettings } from './settings-file.ts'
import { freeImportName, isWorkspaceName, spacesOf, workspaceId } from './spaces.ts'

const newFolder = () => mkdtempSync(join(tmpdir(), 'nachalo-settings-'))
const defaults = { language: null, theme: 'auto', lastSpace: null, hubs: {} } as const

test('settings come back as they were written', () => {
  const folder = newFolder()
  const settings = {
    language: 'en',
    theme: 'dark',
    lastSpace: 'demo',
    hubs: { 'hub-0a1b2c3d': { title: 'Дом' } },
  } as const
  writeSettings(folder, settings)
  assert.deepEqual(readSettings(folder), settings)
})

test('missing, damaged and nonsense settings give the defaults', () => {
  const folder = newFolder()
  assert.deepEqual(readSettings(folder), defaults)
  for (const text of [
    '',
    '{"theme":',
    'null',
    '[]',
    '"x"',
    '{"theme":"pink","language":7,"lastSpace":{},"hubs":[1]}',
  ]) {
    writeFileSync(join(folder, 'settings.json'), text)
    assert.deepEqual([text, readSettings(folder)], [text, defaults])
  }
})

test('the name of a space can neither leave its folder nor break an id', () => {
  for (const name of ['demo', 'import-1', 'hub-0a1b2c3d']) assert.equal(workspaceId(name), name)
  for (const name of ['', '..', 'a/b', 'a:b', 'A', '-a', 'а', 'a\0', 'a'.repeat(65)]) {
    assert.equal(isWorkspaceName(name), false)
    assert.throws(() => workspaceId(name), RangeError)
  }
})

test('a new folder knows no space and the first import is number one', () => {
  const folder = newFolder()
  assert.deepEqual(spacesOf(folder, readSettings(folder)), [])
  assert.equal(freeImportName(folder), 'import-1')
})
