import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { windows1251 } from './test-bytes.ts'
import { imported } from './test-import.ts'

const good = 'номер,тема,срок\n1,Первое,24.11.2026\n'

test('what makes a whole file unusable is said with its place, and nothing is written', async () => {
  const cases: [string | Uint8Array, string, number][] = [
    ['', 'empty', 0],
    ['\ufeff', 'empty', 0],
    ['\n\n\n', 'empty', 0],
    [',,,\n', 'empty', 0],
    ['номер,тема\n', 'noRows', 0],
    ['номер,тема,Тема\n1,а,б\n', 'duplicateColumn', 1],
    ['номер,нечто\n1,а\n', 'missingColumn', 1],
    ['номер,тема\n1,"начало\n2,конец\n', 'quoteOpen', 2],
    [`номер,тема\n1,а\n2,"${'x'.repeat(17_000_000)}\n`, 'recordTooLong', 3],
    [Buffer.from([0x50, 0x4b, 3, 4, 9, 9, 9, 9, 9]), 'excel', 0],
    [Buffer.concat([Buffer.from(good), windows1251('2,ё,\n')]), 'encoding', 3],
    [Buffer.alloc(100_000), 'missingColumn', 1],
    ['номер,тема\n,без номера\n', 'noNumber', 2],
    [`номер,тема\n${',без номера\n'.repeat(10_001)}1,есть\n`, 'tooManySkipped', 10_002],
  ]
  for (const [content, code, line] of cases) {
    const { counts, problem, files } = await imported(content)
    const place = `${code} in ${String(content).slice(0, 40)}`
    assert.equal(counts, null, place)
    assert.equal(problem?.reason.code, code, place)
    assert.equal(problem.line, line, place)
    assert.deepEqual(files, [], place)
  }
})

test('a row that cannot be understood is left out and listed with line, field, value', async () => {
  const content = [
    'номер,тема,срок,вес',
    '1,Хорошее,24.11.2026,1',
    '2,Рваное',
    '3,Лишнее,24.11.2026,1,ещё',
    '4,Дата,завтра,1',
    '5,"Две',
    'строки",31.02.2026,1',
    '6,Вес,,много',
    '7,Вес,,-1',
    '8,Ноль\0,,',
    `9,${'д'.repeat(1001)},,`,
    ',Без номера,,',
    '10,Пустой хвост,,,,,',
  ].join('\n')
  const { counts, problem } = await imported(content)
  assert.equal(problem, null)
  assert.equal(counts?.cases.total, 2)
  assert.deepEqual(
    counts.skipped.map(({ line, field, value, reason }) => [
      line,
      field,
      value.slice(0, 12),
      reason.code,
    ]),
    [
      [3, '', '2 | Рваное', 'ragged'],
      [4, '', '3 | Лишнее |', 'ragged'],
      [5, 'срок', 'завтра', 'badDate'],
      [6, 'срок', '31.02.2026', 'badDate'],
      [8, 'вес', 'много', 'badNumber'],
      [9, 'вес', '-1', 'badNumber'],
      [10, 'тема', 'Ноль␀', 'controlCharacter'],
      [11, 'тема', 'дддддддддддд', 'fieldTooLong'],
      [12, 'номер', '', 'noNumber'],
    ],
  )
})

test('a field of ten megabytes costs its row and no more', async () => {
  const { counts } = await imported(
    `номер,тема,текст\n1,Большое,${'x'.repeat(10_000_000)}\n2,Малое,да\n`,
  )
  assert.deepEqual([counts?.cases.total, counts?.skipped[0]?.reason.code], [1, 'fieldTooLong'])
})

test('formulas, tags, quotes and smileys stay what they are', async () => {
  const values = [
    "=cmd|' /C calc'!A1",
    '<script>alert(1)</script>',
    "O'Neil",
    '@SUM(1+1)',
    '👩‍👩‍👧‍👦',
    '‮обратно',
    'DROP TABLE cases;--',
  ]
  const lines = values.map((value, index) => `${index},"${value.replaceAll('"', '""')}","${value}"`)
  const { rows, counts } = await imported(`номер,тема,ответственный\n${lines.join('\n')}`)
  assert.equal(counts?.employees, values.length)
  assert.deepEqual(
    rows('cases')
      .map(row => String(row['subject']))
      .toSorted(),
    values.toSorted(),
  )
  assert.deepEqual(
    rows('employees')
      .map(row => String(row['name']))
      .toSorted(),
    [...values, 'Вы'].toSorted(),
  )
})

test('quotes inside a cell that is not quoted are letters', async () => {
  const { rows } = await imported('номер;тема;клиент\n1;А;ООО "Ромашка"\n2;Б;"Ромашка" ООО\n')
  assert.deepEqual(
    rows('clients')
      .map(row => String(row['name']))
      .toSorted(),
    ['"Ромашка" ООО', 'ООО "Ромашка"'],
  )
})

test('numbers that are no good as addresses still make different cases', async () => {
  const numbers = ['А/1', 'а/1', '../../etc', 'n-1', '№ 1', '1:2', 'x'.repeat(200)]
  const { rows } = await imported(`номер,тема\n${numbers.map(number => `${number},т`).join('\n')}`)
  const ids = rows('cases').map(row => String(row['caseId']))
  assert.equal(new Set(ids).size, numbers.length)
  assert.ok(ids.every(id => /^[\p{L}\p{N}._-]{1,80}$/u.test(id)))
})

const names = ['номер', 'тема', 'срок', 'статус', 'ответственный', 'вес', 'создано', '', '"', '\0']
const cell = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 8 }),
  fc.constantFrom('"', '"a', '24.11.2026', '=1+1', '\n', '?', '\ufeff', 'закрыто', '1'),
)
const header = fc
  .subarray(names, { minLength: 1 })
  .map(chosen => ['тема', ...chosen.filter(name => name !== 'тема')])
const rows = fc.array(fc.array(cell, { minLength: 10, maxLength: 10 }), { maxLength: 6 })

test('no bytes at all crash the import or leave a file behind', async () => {
  const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`
  const table = fc
    .tuple(header, rows, fc.constantFrom(',', ';', '\t'), fc.boolean())
    .map(([columns, lines, separator, isQuoted]) => {
      const written = lines.map(line =>
        line.slice(0, columns.length).map(isQuoted ? quoted : String),
      )
      return Buffer.from([columns, ...written].map(cells => cells.join(separator)).join('\n'))
    })
  const content = fc.oneof(fc.uint8Array({ maxLength: 300 }), { weight: 5, arbitrary: table })
  let read = 0
  await fc.assert(
    fc.asyncProperty(
      content,
      fc.constantFrom('plain', 'plain', 'plain', 'plain', 'servicenow', 'bpi2013'),
      async (bytes, mapping) => {
        const { counts, problem, files } = await imported(bytes, { mapping })
        assert.equal((counts === null) !== (problem === null), true)
        assert.deepEqual(files, counts === null ? [] : ['hub.db'])
        if (counts === null) return
        const { total, unassigned, assigned, waiting, closed } = counts.cases
        assert.equal(total, unassigned + assigned + waiting + closed)
        read += 1
      },
    ),
    { numRuns: 300 },
  )
  assert.ok(read > 20, `only ${read} of the generated files were readable`)
})
