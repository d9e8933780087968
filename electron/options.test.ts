import assert from 'node:assert/strict'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { argumentsOf, optionList, options, readOptions } from './options.mjs'
import { wordsIn } from './words.mjs'

const folder = mkdtempSync(join(tmpdir(), 'nachalo-options-'))
writeFileSync(join(folder, 'cases.csv'), 'number\n')
const here = { INIT_CWD: folder }

test('every option is read, and paths are taken from where the user stands', () => {
  const argv = ['--no-open', '--port=8080', '--data-dir', 'data', '--space', 'demo', '--lang', 'ru']
  const importing = ['--import', 'cases.csv', '--mapping', 'plain', '--as-of', '2016-03-01T10:00']
  const { given, problem } = readOptions([...argv, ...importing], here)
  assert.equal(problem, null)
  assert.deepEqual(given, {
    'no-open': true,
    port: '8080',
    'data-dir': join(folder, 'data'),
    space: 'demo',
    lang: 'ru',
    import: join(folder, 'cases.csv'),
    mapping: 'plain',
    'as-of': '2016-03-01T10:00',
  })
  assert.deepEqual(readOptions(argumentsOf(given), {}).given, given)
})

test('nothing typed is nothing given', () => {
  assert.deepEqual(readOptions([], here), { given: {}, problem: null })
  assert.deepEqual(readOptions(['--'], here).problem, null)
})

test('what is no option is named', () => {
  for (const typed of [
    '--foo',
    '--no-port',
    '--workspace',
    '-p',
    'demo',
    '--Port',
    '--__proto__',
    '--constructor',
  ])
    assert.deepEqual(
      [
        readOptions([typed], here).problem?.key,
        readOptions([typed], here).problem?.values['option'],
      ],
      ['unknownOption', typed],
    )
})

test('a value that does not fit is named with its option', () => {
  const bad: [string[], string][] = [
    [['--port', '65536'], '65536'],
    [['--port', '-1'], '-1'],
    [['--port', '80.5'], '80.5'],
    [['--port', ''], ''],
    [['--port'], ''],
    [['--lang', 'de'], 'de'],
    [['--space='], ''],
    [['--no-open=1'], '1'],
    [['--help=yes'], 'yes'],
  ]
  for (const [argv, value] of bad) {
    const { problem } = readOptions(argv, here)
    assert.deepEqual([problem?.key, problem?.values['value']], ['badOption', value], argv.join(' '))
  }
})

test('what only goes together is asked for together, and a file that is not there is named', () => {
  const { problem } = readOptions(['--mapping', 'plain'], here)
  assert.deepEqual(
    [problem?.key, problem?.values],
    ['lacksOption', { option: '--mapping', other: '--import' }],
  )
  assert.equal(readOptions(['--as-of', '2016'], here).problem?.key, 'lacksOption')
  const missing = readOptions(['--import', 'none.csv'], here).problem
  assert.deepEqual(
    [missing?.key, missing?.values['value']],
    ['fileMissing', join(folder, 'none.csv')],
  )
})

test('an option that npm kept for itself is told about', () => {
  const { problem } = readOptions([], { ...here, npm_config_data_dir: '/x' })
  assert.deepEqual([problem?.key, problem?.values['option']], ['npmTookOption', '--data-dir'])
})

test('the list names every option once, in both languages', () => {
  for (const language of ['ru', 'en'] as const) {
    const lines = optionList(wordsIn(language)).split('\n')
    assert.deepEqual(
      lines.map(line => /^ {2}--([\w-]+).* {2,}(\S.*)$/.exec(line)?.[1]),
      options.map(({ name }) => name),
    )
  }
})
