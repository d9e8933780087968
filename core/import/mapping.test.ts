import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { createWords, languages, sentences } from '../words/words.ts'
import { mappingChoices } from './mapping-choices.ts'
import { mappingNames, readMapping } from './mapping.ts'
import { imported } from './test-import.ts'

test('every preset in the folder is offered, and the simplest first', () => {
  const files = readdirSync(join(import.meta.dirname, '../../resources/mappings'))
  assert.deepEqual(files.toSorted(), mappingNames.map(name => `${name}.json`).toSorted())
  assert.deepEqual(
    mappingChoices('en').map(({ name, needsAsOf }) => [name, needsAsOf]),
    [
      ['plain', false],
      ['servicenow', true],
      ['bpi2013', true],
    ],
  )
})

test('a mapping of one’s own is a file', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'nachalo-mapping-'))
  const path = join(folder, 'own.json')
  writeFileSync(
    path,
    JSON.stringify({
      ...readMapping('plain'),
      name: 'own',
      columns: { subject: ['Чем заняться'] },
    }),
  )
  const { counts } = await imported('чем  заняться\nПозвонить\n', { mapping: path })
  writeFileSync(path, '{"name": 1}')
  const { problem } = await imported('тема\nА\n', { mapping: path })
  rmSync(folder, { recursive: true })
  assert.equal(counts?.cases.total, 1)
  assert.equal(problem?.reason.code, 'badMapping')
})

test('a mapping, a moment or a zone that does not exist is named', async () => {
  const code = async (options: object) =>
    (await imported('тема\nА\n', options)).problem?.reason.code
  assert.equal(await code({ mapping: 'sap' }), 'unknownMapping')
  assert.equal(await code({ asOf: 'вчера' }), 'badAsOf')
  assert.equal(await code({ zone: 'Europe/Atlantis' }), 'unknownZone')
  assert.equal(await code({ source: '/nowhere/at-all.csv' }), 'unreadable')
  assert.equal(await code({ source: import.meta.dirname }), 'unreadable')
})

test('every problem the code knows has a sentence and a remedy in both languages', () => {
  const folder = import.meta.dirname
  const sources = readdirSync(folder).filter(name => name.endsWith('.ts') && !name.includes('test'))
  const text = sources.map(name => readFileSync(join(folder, name), 'utf8')).join('\n')
  const codes = [...text.matchAll(/(?:problemOf\(\s*|wrong\()'(\w+)'/g)].map(
    match => match[1] ?? '',
  )
  assert.ok(codes.length > 15)
  for (const language of languages) {
    const { problem, remedy } = sentences[language].import
    assert.deepEqual(Object.keys(problem).toSorted(), [...new Set(codes)].toSorted())
    assert.deepEqual(Object.keys(remedy).toSorted(), [...new Set(codes)].toSorted())
    const { t } = createWords(language)
    assert.match(t('import.problem.ragged', { found: 3, expected: 4 }), /3.*4/)
  }
})
