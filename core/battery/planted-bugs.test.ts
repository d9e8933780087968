/** The test of the tests: the schedules are run against copies of the core with one line broken. */
import assert from 'node:assert/strict'
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { counted } from '../testing/counted.ts'
import { programPath, runProgram } from './run-program.ts'
import type { ScheduleAnswer } from './run-program.ts'

interface Bug {
  readonly name: string
  readonly file: string
  readonly from: string
  readonly to: string
}

const bugs: readonly Bug[] = [
  {
    name: 'what is sent is not marked before it leaves',
    file: 'sync/push.ts',
    from: 'markSending(store, ids, line.now())\n',
    to: '\n',
  },
  {
    name: 'a second attempt has another id',
    file: 'sync/push.ts',
    from: 'backend.push(sendings, witnesses => keepWitnesses(store, witnesses), signal)',
    to: 'backend.push(sendings.map(one => ({ ...one, decision: { ...one.decision, decisionId: globalThis.crypto.randomUUID() as never } })), () => {}, signal).then(all => all.map((one, at) => ({ ...one, decisionId: ids(decisions)[at] as never })))',
  },
  {
    name: 'an answer that never came counts as a request that never left',
    file: 'sync/push.ts',
    from: "new Set(['offline', ",
    to: "new Set(['offline', 'ambiguous', ",
  },
  {
    name: 'what was on its way when the process died counts as unsent',
    file: 'store/recover.ts',
    from: "to: 'unknown'",
    to: "to: 'queued'",
  },
  {
    name: 'what is on its way is taken back without asking',
    file: 'service/undo.ts',
    from: "sending: 'follow',\n  unknown: 'follow'",
    to: "sending: 'cancel',\n  unknown: 'cancel'",
  },
  {
    name: 'decisions about one case go together',
    file: 'store/outbox.ts',
    from: '  .where(isFirst)\n\nconst due',
    to: '\n\nconst due',
  },
  {
    name: 'a conflict is taken for done',
    file: 'store/settle.ts',
    from: "outcome.outcome === 'alreadySo' ? 'applied'",
    to: "outcome.outcome !== 'rejected' ? 'applied'",
  },
  {
    name: 'the overlay is lifted before the replica shows the effect',
    file: 'store/settle.ts',
    from: 'if (outcome.current) writeCase(',
    to: "if (outcome.outcome !== 'applied' && outcome.current) writeCase(",
  },
  {
    name: 'what has just come is not laid over anew',
    file: 'store/write.ts',
    from: 'layAnew(store, touching, { written, gone })\n',
    to: '\n',
  },
  {
    name: 'the cursor is written before the rows',
    file: 'store/write.ts',
    from: '    const isDone = runFor(pieces, touching, sliceMs)\n    if (isDone) finish(store, touching, page)\n',
    to: '    if (!hasBegun) { hasBegun = true; finish(store, touching, page); return false }\n    const isDone = runFor(pieces, touching, sliceMs)\n',
  },
]

/** What a bug needs besides its own line. */
const more: Readonly<Record<string, Omit<Bug, 'name'>>> = {
  'a second attempt has another id': {
    file: 'sync/push.ts',
    from: 'const batchSize = 50\n',
    to: 'const batchSize = 50\nconst ids = (all: readonly Decision[]) => all.map(one => one.decisionId)\n',
  },
  'the overlay is lifted before the replica shows the effect': {
    file: 'store/overlay.ts',
    from: "'resultVersion', '<='",
    to: "'resultVersion', '>='",
  },
  'the cursor is written before the rows': {
    file: 'store/write.ts',
    from: '  const slice = (touching',
    to: '  let hasBegun = false\n  const slice = (touching',
  },
}

const core = programPath('..')
const patience = 600

const folder = mkdtempSync(join(tmpdir(), 'nachalo-planted-'))
test.after(() => rmSync(folder, { recursive: true, force: true }))

/** A copy of the core with the bug in it; fails when the line to break is not there. */
function plant(bug: Bug, number: number): string {
  const place = join(folder, String(number))
  cpSync(core, join(place, 'core'), { recursive: true })
  for (const name of ['node_modules', 'package.json'])
    symlinkSync(join(core, '..', name), join(place, name))
  for (const { file, from, to } of [bug, more[bug.name] ?? []].flat()) {
    const path = join(place, 'core', file)
    const text = readFileSync(path, 'utf8')
    assert.ok(text.includes(from), `${file} has no line to break: ${from}`)
    writeFileSync(
      path,
      text.replace(from, () => to),
    )
  }
  return join(place, 'core', 'battery', 'schedule-program.ts')
}

bugs.forEach((bug, number) =>
  test(`caught: ${bug.name}`, async () => {
    const seed = 20_261_122
    const program = plant(bug, number)
    const { fault } = await runProgram<ScheduleAnswer>(program, [
      String(seed),
      String(patience),
      'short',
    ])
    assert.ok(fault, `${patience} schedules did not notice`)
    counted(
      `planted: «${bug.name}» caught by seed ${seed} at ${fault.at}: ${fault.why.slice(0, 110)}`,
    )
  }),
)
