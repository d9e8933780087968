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

test('a name is found as it is written, marks and all', () => {
  const names = ['Resolver 3-1', 'Resolver 1-3', 'Анна-Мария Ким', 'ООО «Ромашка»'].map(text => ({
    text,
  }))
  for (const name of names) deepEqual(matching(names, name.text), [name])
  deepEqual(matching(names, 'мария'), [names[2]])
  deepEqual(matching(names, '«ром'), [names[3]])
  deepEqual(matching(names, 'ким, анна'), [names[2]])
})

test('who is called exactly so comes before who is called longer', () => {
  const names = ['Валентина Ершова', 'Павел Ершов'].map(text => ({ text }))
  deepEqual(matching(names, 'ершов'), names.toReversed())
  deepEqual(matching(names, 'ерш'), names)
})

test('nothing typed finds everything', () => {
  deepEqual(
    found('  '),
    people.map(({ text }) => text),
  )
})
