import { equal } from 'node:assert/strict'
import { test } from 'node:test'
import { createWords } from '../../core/words/words.ts'
import { shortLength, shortName } from './format.ts'

test('a name is shortened to the first name and a letter, whichever comes first', () => {
  equal(shortName('Анна Петрова'), 'Анна П.')
  equal(shortName('Петрова Анна Сергеевна'), 'Анна П.')
  equal(shortName('Robot'), 'Robot')
  equal(shortName('Resolver 42'), 'Resolver 42')
})

test('a length of time is told in its largest unit', () => {
  const { t } = createWords('ru')
  equal(shortLength(t, 59 * 60_000, 'ru'), '59 мин')
  equal(shortLength(t, -90 * 60_000, 'ru'), '1 ч')
  equal(shortLength(t, 50 * 3_600_000, 'ru'), '2 д')
})
