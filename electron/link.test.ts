import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { caseNumberOf, startOf } from './link.ts'

test('a link names a case by its number, in any script', () => {
  const links = {
    'nachalo://case/5306': '5306',
    'nachalo://case/5306/': '5306',
    'nachalo://case/INC0000045': 'INC0000045',
    'nachalo://case/2026-11.17_a': '2026-11.17_a',
    'nachalo://case/%D0%94-17': 'Д-17',
  }
  assert.deepEqual(Object.keys(links).map(caseNumberOf), Object.values(links))
})

test('anything else the system hands over names no case', () => {
  const refused = [
    '',
    'nachalo:',
    'nachalo://',
    'nachalo://case',
    'nachalo://case/',
    'nachalo:case/5306',
    'nachalo:/case/5306',
    'NACHALO://case/5306',
    'nachalo://Case/5306',
    'nachalo://cases/5306',
    'nachalo://case/5306/text',
    'nachalo://case/5306?as=admin',
    'nachalo://case/5306#a',
    'nachalo://case/5306 --inspect',
    'nachalo://case/5306%20--inspect',
    'nachalo://case/5306" --data-dir "\\\\host\\share',
    'nachalo://case/..',
    'nachalo://case/%2e%2e%2f%2e%2e',
    'nachalo://case/--data-dir',
    'nachalo://case/<script>',
    'nachalo://case/%3Cscript%3E',
    'nachalo://case/5306%00',
    'nachalo://case/5306%0A',
    'nachalo://case/%E2%80%AE6035',
    'nachalo://case/%E0%A4',
    `nachalo://case/${'9'.repeat(101)}`,
    'https://case/5306',
    'file:///case/5306',
    'javascript:nachalo://case/5306',
    ' nachalo://case/5306',
  ]
  for (const link of refused) assert.equal(caseNumberOf(link), null, link)
})

test('whatever is asked, what comes out is a plain number or nothing', () => {
  const link = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 30 }),
    fc.webPath(),
    fc.string({ unit: 'grapheme' }).map(encodeURIComponentSafely),
  )
  fc.assert(
    fc.property(link, text => {
      const number = caseNumberOf(`nachalo://case/${text}`)
      assert.ok(number === null || /^[\p{L}\p{N}._-]{1,100}$/u.test(number), String(number))
    }),
    { numRuns: 5000 },
  )
})

const encodeURIComponentSafely = (text: string) => encodeURIComponent(text.toWellFormed())

test('our options stand behind the dashes', () => {
  assert.deepEqual(startOf(['/electron', '.', '--', '--lang', 'ru']), {
    args: ['--lang', 'ru'],
    caseNumber: null,
  })
  assert.deepEqual(startOf(['/nachalo']), { args: [], caseNumber: null })
})

test('beside a link nothing else is listened to', () => {
  for (const argv of [
    ['/nachalo', 'nachalo://case/5306'],
    ['/nachalo', '--some-switch', 'nachalo://case/5306', '--', '--data-dir', '//host/share'],
    ['/nachalo', '--', '--data-dir', '//host/share', 'nachalo://case/5306'],
  ])
    assert.deepEqual(startOf(argv), { args: [], caseNumber: '5306' })
  assert.deepEqual(startOf(['/nachalo', 'NACHALO://x', '--', '--lang', 'ru']), {
    args: [],
    caseNumber: null,
  })
})
