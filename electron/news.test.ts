import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { failureIn, newsOf } from './news.ts'

/** What the core really sends: it lies behind a wall, so it is fetched as a built program would be. */
const core: { desktopNews(told: object): object } = await import(
  new URL('../core/console/desktop-news.ts', import.meta.url).href
)

const sent = { waiting: 42, arrived: 3, language: 'ru' }
const news = core.desktopNews(sent)

test('what the core says is understood, in both languages and at every count', () => {
  for (const language of ['ru', 'en'])
    for (const count of [0, 1, 2, 5, 21, 1_000_000]) {
      const told = core.desktopNews({ waiting: count, arrived: count, language })
      const { kind, ...rest } = { kind: '', ...told }
      assert.deepEqual([kind, newsOf(told)], ['desktop', rest])
    }
})

test('the sentences count as people do and name no case', () => {
  const said = (told: object) => {
    const { tooltip, notice } = newsOf(core.desktopNews({ ...sent, ...told })) ?? {}
    return [tooltip, notice]
  }
  assert.deepEqual(said({}), ['«Начало»: 42 дела', '+3 новых дела'])
  assert.deepEqual(said({ waiting: 0, arrived: 0 }), ['«Начало»: всё роздано', null])
  assert.deepEqual(said({ waiting: 1, arrived: 1, language: 'en' }), [
    'Nachalo: 1 case',
    '+1 new case',
  ])
})

const without = (name: string) =>
  Object.fromEntries(Object.entries(news).filter(([key]) => key !== name))
const labels: object = Reflect.get(news, 'labels')

test('a message with a field more, less or of another kind is not listened to', () => {
  const refused: unknown[] = [
    null,
    'desktop',
    [],
    [news],
    {},
    { ...news, kind: 'ready' },
    { ...news, subject: 'Договор с ООО «Ромашка»' },
    { ...news, waiting: -1 },
    { ...news, waiting: 0.5 },
    { ...news, waiting: '42' },
    { ...news, arrived: Number.NaN },
    { ...news, tooltip: '' },
    { ...news, tooltip: 'x'.repeat(121) },
    { ...news, notice: 'a\nb' },
    { ...news, notice: '\u202Egnp.exe' },
    { ...news, labels: { ...labels, more: 'x' } },
    { ...news, labels: null },
    { ...news, labels: Object.fromEntries(Object.keys(labels).map(name => [name, 7])) },
    ...Object.keys(news).map(without),
  ]
  for (const message of refused) assert.equal(newsOf(message), null, JSON.stringify(message))
})

test('of 10,000 messages that are not news none is taken for it', () => {
  const nearly = fc
    .tuple(fc.constantFrom(...Object.keys(news)), fc.anything({ maxDepth: 2 }))
    .filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(Reflect.get(news, name)))
  const isPlain = (value: unknown) =>
    typeof value === 'number' || (typeof value === 'string' && value.length > 0) || value === null
  fc.assert(
    fc.property(nearly, fc.anything({ maxDepth: 3 }), ([name, value], other) => {
      assert.equal(newsOf(other), null)
      // A count or a sentence in the place of another is news as well.
      if (!isPlain(value)) assert.equal(newsOf({ ...news, [name]: value }), null)
    }),
    { numRuns: 5000 },
  )
})

test('a failure is passed on only as one short sentence', () => {
  const line = (said: object) => JSON.stringify({ kind: 'failed', code: 'inUse', ...said })
  assert.equal(failureIn(`x\n${line({ sentence: 'Занято.' })}\n`), 'Занято.')
  for (const output of [
    '',
    '{"kind":"failed"',
    line({}),
    line({ sentence: 7 }),
    line({ sentence: 'x'.repeat(501) }),
    line({ sentence: '\u202Egnp.exe' }),
    '{"kind":"ready","sentence":"x"}',
  ])
    assert.equal(failureIn(output), null, output)
})
