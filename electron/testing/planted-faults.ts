import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('../../', import.meta.url))

/** What the real linter says of planted files by one rule of ours: messages by file. */
export function caught(
  rule: 'wall' | 'safety',
  files: Readonly<Record<string, string>>,
): Map<string, string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'nachalo-lint-'))
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
  const rules = { [`nachalo/${rule}`]: 'error' }
  const config = {
    jsPlugins: [join(root, 'electron/lint/plugin.mjs')],
    categories: { correctness: 'off' },
    rules,
  }
  writeFileSync(join(folder, '.oxlintrc.json'), JSON.stringify(config))
  const oxlint = join(root, 'node_modules', 'oxlint', 'bin', 'oxlint')
  const { stdout, stderr } = spawnSync(process.execPath, [oxlint, '-f', 'json'], {
    cwd: folder,
    encoding: 'utf8',
  })
  assert.ok(stdout.startsWith('{'), stdout + stderr)
  const report: {
    number_of_files: number
    diagnostics: { filename: string; code: string; message: string }[]
  } = JSON.parse(stdout)
  assert.equal(report.number_of_files, Object.keys(files).length)
  const messages = new Map<string, string[]>()
  for (const { filename, code, message } of report.diagnostics) {
    assert.equal(code, `nachalo(${rule})`, `${filename}: ${code} ${message}`)
    messages.set(filename, [...(messages.get(filename) ?? []), message])
  }
  return messages
}
