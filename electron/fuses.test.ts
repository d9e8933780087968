/** The switches of the runtime, on a file that has only what the tool looks for. */
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { FuseState, getCurrentFuseWire, FuseV1Options } from '@electron/fuses'
import { afterPack, fusesFor, runtimeOf } from './after-pack.mjs'

const sentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'
/** As Electron ships them, in their order: RunAsNode first, WasmTrapHandlers last. */
const shipped = '101100011'
const wanted = { win32: '010011001', darwin: '010011001', linux: '010001001' }

/** A program of noise around a wire of fuses. */
const programWith = (wire: string, version = 1): Buffer =>
  Buffer.concat([
    randomBytes(5000),
    Buffer.from(sentinel),
    Buffer.from([version, wire.length]),
    Buffer.from(wire),
    randomBytes(5000),
  ])

function packedFor(platform: string, content: Buffer) {
  const packed = {
    appOutDir: mkdtempSync(join(tmpdir(), 'nachalo-fuses-')),
    electronPlatformName: platform,
    packager: { executableName: 'nachalo', appInfo: { productFilename: 'Nachalo' } },
  }
  const runtime = runtimeOf(packed)
  const file =
    platform === 'darwin'
      ? join(runtime, 'Contents/Frameworks/Electron Framework.framework/Electron Framework')
      : runtime
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, content)
  return { packed, file, runtime }
}

const wireIn = (file: string): string => {
  const bytes = readFileSync(file)
  const at = bytes.indexOf(sentinel) + sentinel.length + 2
  return bytes.subarray(at, at + 9).toString('latin1')
}

for (const [platform, wire] of Object.entries(wanted))
  test(`the fuses of ${platform} are exactly these`, async () => {
    const { packed, file, runtime } = packedFor(platform, programWith(shipped))
    const before = readFileSync(file)
    await afterPack(packed)
    assert.equal(wireIn(file), wire)
    const after = readFileSync(file)
    const changed = [...before.entries()].filter(([at, byte]) => byte !== after[at])
    assert.equal(changed.length, Array.from(wire).filter((fuse, at) => fuse !== shipped[at]).length)
    const read = await getCurrentFuseWire(runtime)
    assert.equal(read[FuseV1Options.RunAsNode], FuseState.DISABLE)
    assert.equal(read[FuseV1Options.OnlyLoadAppFromAsar], FuseState.ENABLE)
  })

test('every fuse the tool knows is decided here', () => {
  const known = Object.values(FuseV1Options).filter(value => typeof value === 'number')
  const { version, strictlyRequireAllFuses, ...decided } = fusesFor('win32')
  assert.deepEqual([version, strictlyRequireAllFuses], ['1', true])
  assert.deepEqual(new Set(Object.keys(decided).map(Number)), new Set(known))
})

for (const [name, content] of [
  ['a fuse more than is decided', programWith(`${shipped}0`)],
  ['a wire of another version', programWith(shipped, 2)],
  ['no fuses at all', randomBytes(9000)],
] as const)
  test(`a runtime with ${name} is not packed`, async () => {
    const { packed, file } = packedFor('linux', content)
    await assert.rejects(afterPack(packed))
    assert.deepEqual(readFileSync(file), content)
  })
