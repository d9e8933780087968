import assert from 'node:assert/strict'
import { resolve } from 'node:path'
import { test } from 'node:test'
import { dataFolder } from './data-folder.ts'

test('each system has its place for data', () => {
  const on = (platform: NodeJS.Platform, env = {}) =>
    dataFolder(null, { platform, env, home: '/home/head' })
  assert.equal(on('linux'), '/home/head/.local/share/nachalo')
  assert.equal(on('linux', { XDG_DATA_HOME: '/data' }), '/data/nachalo')
  assert.equal(on('linux', { XDG_DATA_HOME: '' }), '/home/head/.local/share/nachalo')
  assert.equal(on('darwin'), '/home/head/Library/Application Support/Nachalo')
  assert.equal(on('win32', { APPDATA: '/roaming' }), '/roaming/Nachalo')
})

test('a chosen folder wins and becomes absolute', () => {
  assert.equal(dataFolder('here'), resolve('here'))
})
