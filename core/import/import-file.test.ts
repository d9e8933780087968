import assert from 'node:assert/strict'
import { test } from 'node:test'
import { windows1251 } from './test-bytes.ts'
import { imported } from './test-import.ts'

const table = `№;Тема;Отдел;Исполнитель;Клиент;Срок;Приоритет;Статус;Создано;Вес;Вид;Телефон;Почта;Текст
5306;Возврат по накладной;Контакт-центр;Анна П.;ООО «Ромашка»;24.11.2026;Срочный;В работе;20.11.2026 09:00;1,5;Возврат;+7 (900) 000-00-01;a@example.ru, b@example.ru;"Две
строки; и ""кавычки"""
5307;Не проходит ЕГАИС;Контакт-центр;;ИП Ким;;низкий;Новое;21.11.2026;;;;;
5308;Ждём договор;Юристы;Олег С.;ИП Ким;;;Ждёт клиента;21.11.2026;;;;;
5309;Готово;Юристы;Олег С.;ИП Ким;;;Закрыто;19.11.2026;;;;;
`

test('a Russian table is read in Windows-1251 as well as in UTF-8', async () => {
  const wanted = { unassigned: 1, assigned: 1, waiting: 1, closed: 1, total: 4 }
  for (const content of [table, `\ufeff${table}`, windows1251(table)]) {
    const { counts, problem, rows } = await imported(content)
    assert.equal(problem, null)
    assert.deepEqual(counts?.cases, wanted)
    assert.deepEqual([counts?.departments, counts?.employees, counts?.rows], [2, 2, 4])
    assert.equal(rows('clients').length, 2)
  }
})

test('everything a row says arrives in the hub', async () => {
  const { rows } = await imported(table)
  const theCase = rows('cases').find(row => row['number'] === '5306')
  assert.deepEqual(
    {
      ...theCase,
      version: 0,
      kindId: null,
      departmentId: null,
      responsibleId: null,
      clientId: null,
    },
    {
      caseId: '5306',
      number: '5306',
      subject: 'Возврат по накладной',
      text: 'Две\nстроки; и "кавычки"',
      phones: '["+7 (900) 000-00-01"]',
      emails: '["a@example.ru","b@example.ru"]',
      kindId: null,
      source: 'other',
      departmentId: null,
      responsibleId: null,
      clientId: null,
      clientName: 'ООО «Ромашка»',
      status: 'open',
      statusName: 'В работе',
      deferredUntil: null,
      dueAt: Date.UTC(2026, 10, 24, 18),
      priority: 3,
      weight: 1.5,
      effortMs: null,
      requiredSkill: null,
      createdAt: Date.UTC(2026, 10, 20, 9),
      updatedAt: Date.UTC(2026, 10, 20, 9),
      closedAt: null,
      assignedAt: Date.UTC(2026, 10, 20, 9),
      version: 0,
    },
  )
  const closed = rows('cases').find(row => row['number'] === '5309')
  assert.equal(closed?.['closedAt'], Date.UTC(2026, 10, 19))
})

test('the head of «Импорт» is who imports, and people are members where they appear', async () => {
  const { rows } = await imported(table)
  assert.deepEqual(
    rows('departments')
      .map(row => String(row['name']))
      .toSorted(),
    ['Импорт', 'Контакт-центр', 'Юристы'],
  )
  assert.deepEqual(
    rows('employees')
      .map(row => String(row['name']))
      .toSorted(),
    ['Анна П.', 'Вы', 'Олег С.'],
  )
  const posts = rows('posts')
  assert.deepEqual(
    posts.filter(post => post['isHead'] === 1).map(post => post['departmentId']),
    ['import'],
  )
  assert.equal(posts.length, 3)
  const { rows: english } = await imported(table, { language: 'en' })
  assert.ok(english('employees').some(row => row['name'] === 'You'))
})

test('an English table with tabs, without numbers and departments is enough', async () => {
  const { counts, rows } = await imported('Title\tAssigned to\nFirst\t\nSecond\tO’Brien 👩‍💻\n')
  assert.deepEqual(counts?.cases, { total: 2, unassigned: 1, assigned: 1, waiting: 0, closed: 0 })
  assert.equal(counts?.departments, 0)
  assert.deepEqual(
    rows('cases').map(row => row['number']),
    ['2', '3'],
  )
  assert.ok(rows('employees').some(row => row['name'] === 'O’Brien 👩‍💻'))
  assert.ok(rows('cases').every(row => row['departmentId'] === 'import'))
})

test('the zone given takes the place of the mapping’s', async () => {
  const { rows } = await imported('тема,срок\nА,24.11.2026 18:00\n', { zone: 'Europe/Moscow' })
  assert.equal(rows('cases')[0]?.['dueAt'], Date.UTC(2026, 10, 24, 15))
  assert.deepEqual(rows('meta').find(row => row['key'] === 'zone')?.['value'], 'Europe/Moscow')
})

test('the same file gives the same ids', async () => {
  const [one, other] = [await imported(table), await imported(table)]
  for (const name of ['cases', 'employees', 'departments', 'clients', 'history', 'posts'])
    assert.deepEqual(one.rows(name), other.rows(name), name)
})

test('a dry run counts the same and writes nothing', async () => {
  const dry = await imported(table, { databasePath: null })
  assert.deepEqual(dry.counts, (await imported(table)).counts)
  assert.deepEqual(dry.files, [])
  assert.deepEqual(dry.sample[0]?.slice(0, 3), ['№', 'Тема', 'Отдел'])
})

test('where a hub lies already nothing is overwritten', async () => {
  const { problem, files } = await imported(table, { databasePath: import.meta.filename })
  assert.equal(problem?.reason.code, 'notWritten')
  assert.deepEqual(files, [])
})

test('progress is told and a cancelled import leaves nothing', async () => {
  const many = `тема\n${'дело\n'.repeat(5000)}`
  const stages = new Set<string>()
  const abort = new AbortController()
  const { problem, files } = await imported(many, {
    signal: abort.signal,
    onProgress: ({ stage, done, total }) => {
      stages.add(stage)
      assert.ok(done >= 0 && (total === null || done <= total))
      if (stage === 'writing') abort.abort()
    },
  })
  assert.deepEqual([...stages], ['reading', 'writing'])
  assert.equal(problem?.reason.code, 'cancelled')
  assert.deepEqual(files, [])
})
