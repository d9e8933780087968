import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { runCommand } from './cli/run-command.ts'
import { csvField, writeCsv } from './store/csv.ts'
import { hubWorld } from './testing/hub-world.ts'
import { companyCase, smallCompany } from './testing/small-company.ts'

const folder = mkdtempSync(join(tmpdir(), 'nachalo-csv-'))
after(() => rmSync(folder, { recursive: true, force: true }))

test('any text comes back from a CSV as it was, and none begins as a formula', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'binary' }), { minLength: 2, maxLength: 5 }), texts => {
      const line = `${texts.map(csvField).join(',')}\r\n`
      const [back = []] = parse(line, { record_delimiter: '\r\n' })
      assert.equal(back.length, texts.length)
      for (const [place, text] of texts.entries()) {
        assert.ok(back[place] === text || back[place] === `'${text}`)
        assert.doesNotMatch(back[place] ?? '', /^[=+\-@\t\r\n＝＋－＠]/)
      }
    }),
  )
})

test('a number stays one, nothing is nothing, no text is no text', () => {
  assert.deepEqual([-1.5, null, '', 'a"b', '=1+1', '+7 900'].map(csvField), [
    '-1.5',
    '',
    '""',
    '"a""b"',
    "'=1+1",
    "'+7 900",
  ])
})

test('the hub as CSV: a file a table, every row, no key and no digest', async () => {
  const hostile = companyCase('hostile', {
    subject: '=cmd|"/c calc"!A1',
    text: 'два\r\nряда; "так"',
  })
  const world = await hubWorld(smallCompany([hostile, companyCase('plain')]))
  const { token } = await world.as('anna')
  const target = join(folder, 'out')
  const rows = await writeCsv(world.hub.store.database, target)
  await world.close()
  const read = (name: string): Record<string, string>[] =>
    parse(readFileSync(join(target, `${name}.csv`)), { columns: true, bom: true })
  const all = readdirSync(target).map(name => read(name.replace('.csv', '')))
  assert.equal(all.length, 16)
  assert.equal(all.flat().length, rows)
  const [first] = read('cases')
  assert.equal(first?.['caseId'], 'hostile')
  assert.equal(first?.['subject'], `'=cmd|"/c calc"!A1`)
  assert.equal(first?.['text'], hostile.text)
  assert.ok(read('employees').some(row => row['name'] === 'Имя anna'))
  const bytes = readFileSync(join(target, 'absences.csv'))
  assert.deepEqual([...bytes.subarray(0, 3)], [0xef, 0xbb, 0xbf])
  assert.match(bytes.toString(), /absenceId,employeeId,kind,fromAt,untilAt,version\r\n$/)
  const [held] = read('tokens')
  assert.equal(held?.['prefix'], token.split('_')[1])
  assert.ok(!('digest' in (held ?? {})))
  assert.ok(!existsSync(`${target}.part`))
})

test('the command writes a folder that was not there, and only such', async () => {
  const words = [
    'export',
    join(folder, 'typed'),
    '--format',
    'csv',
    '--data',
    folder,
    '--lang',
    'en',
  ]
  const said: string[] = []
  const outside = {
    environment: {},
    say: (text: string) => said.push(text),
    complain: (text: string) => said.push(text),
  }
  assert.equal(await runCommand(words, outside), 1, 'there is no hub')
  assert.equal(await runCommand(['export', folder, ...words.slice(2)], outside), 1)
  assert.match(said.at(-1) ?? '', /There is something here already/)
  assert.equal(await runCommand(['export', 'x', '--format', 'xml'], outside), 2)
})
