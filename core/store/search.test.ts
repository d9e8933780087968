import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { aPage, aWholeCase, caseIdOf, storeWorld } from '../testing/store-world.ts'
import { matchOf, wordsOf } from './search-words.ts'
import { searchCases } from './search.ts'
import type { Store } from './store.ts'
import { applyPage } from './write.ts'

const cases = [
  aWholeCase('Д-2026/004512', { subject: 'Поставка серверов', clientName: 'ООО «Ромашка»' }),
  aWholeCase('5306', {
    subject: 'Возврат по накладной',
    text: 'Не пришёл счёт за май',
    status: 'closed',
  }),
  aWholeCase('5307', {
    subject: 'Не проходит ЕГАИС',
    clientName: 'ИП Ким',
    text: 'дело 5306 рядом',
  }),
  aWholeCase('7', {
    subject: 'Звонок',
    phones: ['8 (495) 123-45-67', '+7 916 000-11-22'],
    emails: ['Ivan.Petrov@Example.com'],
  }),
  aWholeCase('8', { subject: 'Чай и йогурт', text: 'Договорами занимается юрист; Ёлка' }),
]

const found = (store: Store, text: string, limit = 50) =>
  searchCases(store, text, limit).map(({ number }) => number)

test('cases are found by whatever the head remembers', t => {
  const { store } = storeWorld(t)
  applyPage(store, aPage({ cases }))
  const expected: Readonly<Record<string, readonly string[]>> = {
    '5306': ['5306', '5307'],
    '№5306': ['5306', '5307'],
    '4512': ['Д-2026/004512'],
    'Д-2026/004512': ['Д-2026/004512'],
    'д-2026': ['Д-2026/004512'],
    ромашка: ['Д-2026/004512'],
    РОМАШ: ['Д-2026/004512'],
    счет: ['5306'],
    СЧЁТ: ['5306'],
    счета: ['5306'],
    елка: ['8'],
    договоры: ['8'],
    накладные: ['5306'],
    серверам: ['Д-2026/004512'],
    'поставка ромашка': ['Д-2026/004512'],
    'поставка ким': [],
    йогурт: ['8'],
    иогурт: [],
    'и\u0306огурт': ['8'],
    '84951234567': ['7'],
    '+7 495 123 45 67': ['7'],
    '495 123': ['7'],
    '123-45-67': ['7'],
    '1234567': ['7'],
    '916000': ['7'],
    'ivan.petrov@example.com': ['7'],
    'petrov example': ['7'],
    егаис: ['5307'],
  }
  for (const [text, numbers] of Object.entries(expected))
    assert.deepEqual(found(store, text), numbers, text)
})

test('the number itself comes first, then open cases, then closed ones, newest first', t => {
  const { store } = storeWorld(t)
  const many = ['1', '2', '3', '4'].map(name =>
    aWholeCase(name, {
      subject: 'одинаково 1',
      status: name === '4' || name === '2' ? 'closed' : 'open',
    }),
  )
  applyPage(store, aPage({ cases: many }))
  assert.deepEqual(found(store, 'одинаково'), ['3', '1', '4', '2'])
  assert.deepEqual(found(store, '1'), ['1', '3', '4', '2'])
  assert.deepEqual(found(store, 'одинаково', 2), ['3', '1'])
  assert.deepEqual(found(store, 'одинаково', 0), [])
})

test('words that changed are found as they are now', t => {
  const { store } = storeWorld(t)
  applyPage(
    store,
    aPage({ cases: [aWholeCase('1', { text: 'слон' }), aWholeCase('2', { text: 'слон' })] }),
  )
  const changed = aWholeCase('1', { version: 2, text: 'жираф' })
  applyPage(
    store,
    aPage({ cases: [changed], gone: [{ entity: 'case', id: caseIdOf('2'), reason: 'deleted' }] }),
  )
  assert.deepEqual(found(store, 'слон'), [])
  assert.deepEqual(found(store, 'жираф'), ['1'])
  // The row of a case deleted last is given to the next one.
  applyPage(store, aPage({ cases: [aWholeCase('3', { text: 'тигр' })] }))
  assert.deepEqual(found(store, 'тигр'), ['3'])
  assert.deepEqual(found(store, 'слон'), [])
})

const hostile = [
  '',
  ' ',
  '"',
  "'",
  '*',
  '-',
  'AND',
  'OR NOT',
  'NEAR(',
  'words:x',
  '^a',
  'a*b',
  '"a" OR "b"',
  '(((',
  '\u0000',
  '\uD800',
  '%_',
  'a'.repeat(10_000),
  '1 '.repeat(5_000),
  "'; DROP TABLE cases; --",
  '＂',
  '\u202E',
  '🂡 🧨',
]

test('nothing that can be typed breaks the search', t => {
  const { store } = storeWorld(t)
  applyPage(store, aPage({ cases }))
  for (const text of hostile)
    assert.ok(Array.isArray(searchCases(store, text, 9)), JSON.stringify(text))
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 40 }), text => {
      assert.ok(searchCases(store, text, 9).length <= 9)
    }),
    { numRuns: 2_000 },
  )
  assert.equal(found(store, 'егаис').length, 1)
})

test('any word of a case finds it, whole or begun', t => {
  const { store } = storeWorld(t)
  const letter = fc.constantFrom(...Array.from('абвгдеёжзийклмнопрстуфхцчшщъыьэюя1234567890abcxyz'))
  const word = fc.string({ unit: letter, minLength: 1, maxLength: 12 })
  let version = 0
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 8 }), fc.nat(), (words, which) => {
      version += 1
      applyPage(store, aPage({ cases: [aWholeCase('1', { version, text: words.join(' - ') })] }))
      const one = words[which % words.length] ?? ''
      for (const typed of [one, one.toUpperCase(), one.slice(0, Math.ceil(one.length / 2))])
        assert.deepEqual(found(store, typed), ['1'], typed)
    }),
    { numRuns: 150 },
  )
})

test('what is typed becomes quoted words and nothing else', () => {
  assert.equal(matchOf('Ёлки-палки'), '"елк"* AND "палк"*')
  assert.equal(matchOf('"; --'), null)
  assert.equal(matchOf('8 (916) 000'), '"8916000"* OR ("8" AND "916" AND "000"*)')
  assert.equal(matchOf('a '.repeat(99))?.split(' AND ').length, 12)
  assert.deepEqual(wordsOf('№5306/а, Ё!'), ['5306', 'а', 'е'])
})
