import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { decode } from './decode.ts'
import { ImportError } from './problem.ts'
import { bytesIn, windows1251 } from './test-bytes.ts'

async function text(bytes: Uint8Array, piece = 7): Promise<string> {
  let all = ''
  for await (const part of decode(bytesIn(bytes, piece))) all += part
  return all
}

const russian = 'номер;тема\n1;Счёт — «Ромашка» №5\n'

test('UTF-8 is told from Windows-1251 however the bytes are cut', async () => {
  for (const piece of [1, 2, 3, 5, 8, 1000]) {
    assert.equal(await text(Buffer.from(russian), piece), russian, `UTF-8 by ${piece}`)
    assert.equal(await text(Buffer.from(`\ufeff${russian}`), piece), russian, `marked by ${piece}`)
    assert.equal(await text(windows1251(russian), piece), russian, `1251 by ${piece}`)
    assert.equal(
      await text(Buffer.from(`\ufeff${russian}`, 'utf16le'), piece),
      russian,
      `UTF-16 by ${piece}`,
    )
  }
})

test('letters that come late in the file decide as well as early ones', async () => {
  const ascii = 'number;subject\n'.repeat(2000)
  assert.equal(await text(Buffer.from(ascii + russian), 4096), ascii + russian)
  assert.equal(await text(windows1251(ascii + russian), 4096), ascii + russian)
})

test('every line end becomes one', async () => {
  for (const piece of [1, 2, 3, 100])
    assert.equal(await text(Buffer.from('a\r\nb\rc\nd\r\n\r\ne\r'), piece), 'a\nb\nc\nd\n\ne\n')
})

test('what begins as UTF-8 and goes on as something else is refused with its line', async () => {
  const bytes = Buffer.concat([Buffer.from('номер\nпервый\n'), windows1251('два\n')])
  await assert.rejects(text(bytes, 1000), (error: unknown) => {
    assert.ok(error instanceof ImportError)
    assert.equal(error.problem.reason.code, 'encoding')
    assert.equal(error.problem.line, 3)
    return true
  })
})

test('an Excel workbook is called by its name', async () => {
  const zip = Buffer.from([0x50, 0x4b, 3, 4, 0, 0, 0, 0, 1, 2, 3])
  await assert.rejects(
    text(zip),
    (error: unknown) => error instanceof ImportError && error.problem.reason.code === 'excel',
  )
})

test('any text survives UTF-8 in pieces of any size', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.string({ unit: 'grapheme' }),
      fc.integer({ min: 1, max: 9 }),
      async (written, piece) => {
        const expected = written.replaceAll(/\r\n?/g, '\n')
        assert.equal(await text(Buffer.from(`\ufeff${written}`), piece), expected)
      },
    ),
  )
})
