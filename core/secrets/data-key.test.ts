import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { chmodSync, mkdtempSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { dataKey, newRecoveryCode, type KeyAnswer } from './data-key.ts'
import type { Keychain, KeychainAnswer } from './keychain.ts'

const newFolder = () => mkdtempSync(join(tmpdir(), 'nachalo-keys-'))

/** A keychain in memory that can be told to fail in each way a real one does. */
function memoryKeychain(): Keychain & {
  items: Map<string, Buffer>
  fault: KeychainAnswer['kind'] | null
} {
  const items = new Map<string, Buffer>()
  return {
    items,
    fault: null,
    async read(name) {
      if (this.fault === 'locked' || this.fault === 'unavailable') return { kind: this.fault }
      const secret = items.get(name)
      return secret ? { kind: 'ok', secret } : { kind: 'absent' }
    },
    async write(name, secret) {
      if (this.fault) return false
      items.set(name, secret)
      return true
    },
  }
}

const noKeychain: Keychain = {
  read: async () => ({ kind: 'unavailable' }),
  write: async () => false,
}

const keyOf = (answer: KeyAnswer) => {
  assert.equal(answer.kind, 'ok')
  return answer.kind === 'ok' ? answer.key : Buffer.alloc(0)
}

test('with a keychain the key is made once and found again', async () => {
  const folder = newFolder()
  const keychain = memoryKeychain()
  const first = keyOf(await dataKey({ folder, keychain }))
  assert.equal(first.length, 32)
  assert.deepEqual(keyOf(await dataKey({ folder, keychain })), first)
  assert.equal(keychain.items.size, 1)
})

test('no secret lies in keys.json', async () => {
  const folder = newFolder()
  const keychain = memoryKeychain()
  const key = keyOf(await dataKey({ folder, keychain }))
  const text = readFileSync(join(folder, 'keys.json'), 'utf8')
  for (const secret of [key, ...keychain.items.values()]) {
    assert.ok(!text.includes(secret.toString('base64')) && !text.includes(secret.toString('hex')))
  }
  if (process.platform !== 'win32')
    assert.equal(statSync(join(folder, 'keys.json')).mode & 0o777, 0o600)
})

test('without a keychain a passphrase is asked for, and nothing is written before it is given', async () => {
  const folder = newFolder()
  const answer = await dataKey({ folder, keychain: noKeychain })
  assert.deepEqual(answer, {
    kind: 'passphraseNeeded',
    isNew: true,
    isWrong: false,
    reason: 'noKeychain',
  })
  assert.deepEqual(readdirSync(folder), [])
})

test('the passphrase opens, another does not', async () => {
  const folder = newFolder()
  const source = { folder, keychain: noKeychain }
  const key = keyOf(await dataKey({ ...source, passphrase: 'старый мельник' }))
  assert.deepEqual(keyOf(await dataKey({ ...source, passphrase: 'старый мельник' })), key)
  const wrong = await dataKey({ ...source, passphrase: 'старый Мельник' })
  assert.deepEqual(wrong, {
    kind: 'passphraseNeeded',
    isNew: false,
    isWrong: true,
    reason: 'chosen',
  })
})

test('a locked, lost or empty keychain fails closed and keeps the keys as they were', async () => {
  const folder = newFolder()
  const keychain = memoryKeychain()
  await dataKey({ folder, keychain })
  const before = readFileSync(join(folder, 'keys.json'), 'utf8')
  keychain.fault = 'locked'
  assert.deepEqual(await dataKey({ folder, keychain }), {
    kind: 'passphraseNeeded',
    isNew: false,
    isWrong: false,
    reason: 'keychainLocked',
  })
  keychain.fault = 'unavailable'
  assert.deepEqual(await dataKey({ folder, keychain }), {
    kind: 'passphraseNeeded',
    isNew: false,
    isWrong: false,
    reason: 'noKeychain',
  })
  const foreign = memoryKeychain()
  assert.deepEqual(await dataKey({ folder, keychain: foreign }), {
    kind: 'passphraseNeeded',
    isNew: false,
    isWrong: false,
    reason: 'keychainForeign',
  })
  assert.equal(foreign.items.size, 0)
  assert.equal(readFileSync(join(folder, 'keys.json'), 'utf8'), before)
})

test('a recovery code opens what a lost keychain closed; a newer code replaces it', async () => {
  const folder = newFolder()
  const keychain = memoryKeychain()
  const key = keyOf(await dataKey({ folder, keychain }))
  const code = await newRecoveryCode(folder, key)
  const lost = memoryKeychain()
  assert.deepEqual(
    keyOf(await dataKey({ folder, keychain: lost, passphrase: code.toLowerCase() })),
    key,
  )
  const newer = await newRecoveryCode(folder, key)
  assert.equal(
    (await dataKey({ folder, keychain: lost, passphrase: code })).kind,
    'passphraseNeeded',
  )
  assert.deepEqual(keyOf(await dataKey({ folder, keychain: lost, passphrase: newer })), key)
})

test('a key file opens; one that others may read, a short, a missing and a foreign one are refused', async () => {
  const folder = newFolder()
  const keyFile = join(folder, 'key')
  const refused = async () =>
    (await dataKey({ folder, keyFile, keychain: noKeychain })) as { reason?: string }
  assert.equal((await refused()).reason, 'keyFileMissing')
  writeFileSync(keyFile, randomBytes(32).toString('hex'))
  chmodSync(keyFile, 0o644)
  if (process.platform !== 'win32') assert.equal((await refused()).reason, 'keyFileOpen')
  chmodSync(keyFile, 0o600)
  const key = keyOf(await dataKey({ folder, keyFile, keychain: noKeychain }))
  assert.deepEqual(keyOf(await dataKey({ folder, keyFile, keychain: noKeychain })), key)
  writeFileSync(keyFile, 'short')
  assert.equal((await refused()).reason, 'keyFileShort')
  writeFileSync(keyFile, randomBytes(32).toString('hex'))
  assert.equal((await refused()).reason, 'keyFileForeign')
})

test('a damaged keys.json is answered from its older copy, and said aloud when that is gone too', async () => {
  const folder = newFolder()
  const keychain = memoryKeychain()
  const key = keyOf(await dataKey({ folder, keychain }))
  await newRecoveryCode(folder, key)
  writeFileSync(join(folder, 'keys.json'), '{"v":1')
  assert.deepEqual(keyOf(await dataKey({ folder, keychain })), key)
  writeFileSync(join(folder, 'keys.json.1'), '')
  assert.deepEqual(await dataKey({ folder, keychain }), { kind: 'failed', reason: 'keysBroken' })
})
