import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { CallError } from '../rpc.ts'
import { createUploads } from './uploads.ts'

const newFolder = () => mkdtempSync(join(tmpdir(), 'nachalo-uploads-'))
const base64 = (text: string) => Buffer.from(text).toString('base64')
const codeOf = (work: () => unknown) => {
  try {
    work()
    return null
  } catch (error) {
    return error instanceof CallError ? error.code : error
  }
}

test('pieces become the file, for its owner alone', () => {
  const uploads = createUploads(newFolder())
  const id = uploads.start(Buffer.byteLength('номер;тема'))
  uploads.append(id, base64('номер;'))
  assert.equal(uploads.append(id, base64('тема')), Buffer.byteLength('номер;тема'))
  assert.equal(readFileSync(uploads.pathOf(id), 'utf8'), 'номер;тема')
  if (process.platform !== 'win32') assert.equal(statSync(uploads.pathOf(id)).mode & 0o777, 0o600)
})

test('more than was announced, an unknown upload and a giant are refused', () => {
  const uploads = createUploads(newFolder())
  const id = uploads.start(3)
  assert.equal(
    codeOf(() => uploads.append(id, base64('four'))),
    'uploadOverrun',
  )
  assert.equal(
    codeOf(() => uploads.append(randomUUID(), base64('a'))),
    'uploadUnknown',
  )
  assert.equal(
    codeOf(() => uploads.pathOf('../settings.json')),
    'uploadUnknown',
  )
  assert.equal(
    codeOf(() => uploads.start(3 * 1024 ** 3)),
    'uploadTooLarge',
  )
  assert.equal(readFileSync(uploads.pathOf(id), 'utf8'), '')
})

test('uploads do not outlive the core', () => {
  const folder = newFolder()
  const uploads = createUploads(folder)
  const path = uploads.pathOf(uploads.start(1))
  createUploads(folder)
  assert.equal(existsSync(path), false)
})
