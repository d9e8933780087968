import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { languages, sentences } from '../words/words.ts'
import { commandLine } from './command-line.ts'

const misuse = (...words: string[]) => {
  const line = commandLine(words, {})
  return line.kind === 'misused' ? line.code : line.kind
}

test('an import is understood with everything it may be given', () => {
  const words =
    'import a.csv --mapping servicenow --as-of 2016-03-01T10:00 --zone UTC --dry-run --json --data-dir d --lang en'
  assert.deepEqual(commandLine(words.split(' '), {}), {
    kind: 'import',
    file: 'a.csv',
    mapping: 'servicenow',
    asOf: '2016-03-01T10:00',
    zone: 'UTC',
    isDryRun: true,
    isJson: true,
    dataDir: 'd',
    language: 'en',
  })
})

test('an emulator is understood with its numbers, or with those it usually has', () => {
  const words =
    'emulator bitrix24 --port 0 --cases 500 --people 40 --seed 7 --busy 5 --faults f.json --json'
  const { language: _, dataDir: __, ...line } = commandLine(words.split(' '), {})
  assert.deepEqual(line, {
    kind: 'emulator',
    port: 0,
    cases: 500,
    people: 40,
    seed: 7,
    busy: 5,
    faults: 'f.json',
    isJson: true,
  })
  const usual = commandLine(['emulator', 'bitrix24'], {})
  assert.ok(usual.kind === 'emulator')
  assert.deepEqual([usual.port, usual.cases, usual.faults], [8724, 60, null])
  assert.equal(misuse('emulator', 'bitrix24', 'extra'), 'extra')
  assert.equal(misuse('emulator'), 'noEmulator')
  assert.equal(misuse('emulator', 'bitrix24', '--port', '70000'), 'noNumber')
  assert.equal(misuse('doctor', '--port', '1'), 'unknownOption')
})

test('what is wrong is named, with a sentence in both languages', () => {
  const codes = [
    misuse(),
    misuse('fly'),
    misuse('import'),
    misuse('import', 'a.csv', 'b.csv'),
    misuse('import', 'a.csv', '--mapping'),
    misuse('import', 'a.csv', '--json=yes'),
    misuse('import', 'a.csv', '--to', 'x'),
    misuse('doctor', '--lang', 'fr'),
    misuse('emulator', 'sap'),
    misuse('emulator', 'bitrix24', '--cases', 'many'),
    misuse('probe'),
  ]
  assert.deepEqual(codes, [
    'noCommand',
    'unknownCommand',
    'noFile',
    'extra',
    'lacksValue',
    'takesNoValue',
    'unknownOption',
    'badLanguage',
    'noEmulator',
    'noNumber',
    'noProbe',
  ])
  for (const language of languages)
    assert.deepEqual(Object.keys(sentences[language].cli.misused).toSorted(), codes.toSorted())
})

test('help is given wherever it is asked for', () => {
  assert.equal(misuse('--help'), 'help')
  assert.equal(misuse('import', '-h'), 'help')
  assert.equal(misuse('help'), 'help')
})

test('the language is the one asked for, else the system’s', () => {
  assert.equal(commandLine(['doctor'], { LANG: 'ru_RU.UTF-8' }).language, 'ru')
  assert.equal(commandLine(['doctor'], { LANG: 'de_DE.UTF-8' }).language, 'en')
  assert.equal(commandLine(['doctor', '--lang', 'ru'], { LANG: 'C' }).language, 'ru')
})

test('any words at all are either understood or named', () => {
  const word = fc.oneof(
    fc.string(),
    fc.constantFrom(
      'import',
      'doctor',
      '--json',
      '--to',
      '--lang',
      'ru',
      '--',
      '-h',
      '--__proto__',
    ),
  )
  fc.assert(
    fc.property(fc.array(word, { maxLength: 6 }), words => {
      const line = commandLine(words, {})
      assert.ok(line.kind !== 'misused' || line.code in sentences.ru.cli.misused)
    }),
  )
})

test('a probe names its system', () => {
  const line = (...words: string[]) => commandLine(['probe', ...words], {})
  assert.deepEqual(
    [line('bitrix24', '--json').kind, line().kind, line('sap').kind, line('bitrix24', 'x').kind],
    ['probe', 'misused', 'misused', 'misused'],
  )
})
