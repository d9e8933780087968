import { deepEqual } from 'node:assert/strict'
import { test } from 'node:test'
import { matching } from './matching.ts'

const people = ['Артём Лебедев', 'Анна Белова', 'Отдел «Возвраты»', 'Мария Лебедева'].map(text => ({
  text,
}))
const found = (typed: string) => matching(people, typed).map(({ text }) => text)

test('every typed part begins a word, in any order, with ё as е and quotes aside', () => {
  deepEqual(found('леб'), ['Артём Лебедев', 'Мария Лебедева'])
  deepEqual(found('леб арте'), ['Артём Лебедев'])
  deepEqual(found('возв'), ['Отдел «Возвраты»'])
  deepEqual(found('ебед'), [])
})

test('nothing typed finds everything', () => {
  deepEqual(
    found('  '),
    people.map(({ text }) => text),
  )
})
