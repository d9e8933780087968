/**
 * Fills a small disk at random points and makes room again. Arguments: folder (a mount of its own),
 * seed, points. Prints `{refused, kept, faults}`.
 */
import { rmSync, statfsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isRecorded, recordAct } from '../store/acts.ts'
import { baseCase } from '../store/cases.ts'
import { openStore, StoreError } from '../store/open-store.ts'
import type { Store } from '../store/open-store.ts'
import { readDecision } from '../store/outbox.ts'
import { applyPage, readCursor } from '../store/write.ts'
import { mondayNoon } from '../testing/invented.ts'
import { aDecision, aPage, aWholeCase, caseIdOf, space, storeKey } from '../testing/store-world.ts'
import { violations } from './invariants.ts'
import { randomFrom } from './seed.ts'

const [mount = '', seedText = '1', points = '30'] = process.argv.slice(2)
const random = randomFrom(Number(seedText))
const folder = join(mount, 'space')
const ballast = join(mount, 'ballast')
const openAgain = () =>
  openStore({ folder, workspaceId: space, key: storeKey, now: () => mondayNoon })
const faults: string[] = []
const kept: {
  decisionId: ReturnType<typeof aDecision>['decisionId']
  caseId: ReturnType<typeof caseIdOf>
}[] = []
const none = { effects: [], outcomes: new Map<string, never>() }
let refused = 0
let made = 0
let pages = 0

const freeBytes = () => {
  const { bavail, bsize } = statfsSync(mount)
  return bavail * bsize
}

function give(store: Store): void {
  made += 1
  const caseId = caseIdOf(String(made % 20))
  const decision = aDecision(`d${made}`, {
    caseId,
    reasons: [{ code: 'long', text: 'x'.repeat(900) }],
  })
  const act = {
    actId: decision.actId,
    verb: 'assign',
    target: null,
    decisions: [decision],
  } as const
  try {
    recordAct(store, act)
  } catch (error) {
    refused += 1
    if (!(error instanceof StoreError) || !['diskFull', 'unknownCommit'].includes(error.code))
      faults.push(`an unclear refusal: ${String(error)}`)
    makeRoom()
    // What was refused is not there; what nobody knew is one or the other, whole.
    const isThere = readDecision(store, decision.decisionId) !== null
    if (isThere !== isRecorded(store, act.actId)) faults.push(`half an act: ${decision.decisionId}`)
    if (error instanceof StoreError && error.code === 'diskFull' && isThere)
      faults.push(`refused and yet there: ${decision.decisionId}`)
    recordAct(store, act)
    if (readDecision(store, decision.decisionId) === null)
      faults.push(`not after all: ${decision.decisionId}`)
  }
  kept.push({ decisionId: decision.decisionId, caseId })
}

/** A page either comes whole, with its cursor, or not at all. */
function pull(store: Store): void {
  pages += 1
  const before = readCursor(store).cursor
  const page = aPage({
    nextCursor: `c${pages}`,
    cases: Array.from({ length: 20 }, (_, n) =>
      aWholeCase(String(n), { version: pages, subject: `${pages}`, text: 'слово '.repeat(120) }),
    ),
  })
  try {
    applyPage(store, page)
  } catch (error) {
    refused += 1
    if (!(error instanceof StoreError)) faults.push(`an unclear refusal: ${String(error)}`)
    makeRoom()
    const isMoved = readCursor(store).cursor === page.nextCursor
    if (!isMoved && readCursor(store).cursor !== before) faults.push('the cursor is nowhere')
    const subjects = new Set(page.cases.map(one => baseCase(store, one.caseId)?.subject))
    if (subjects.size !== 1 || subjects.has(page.nextCursor.slice(1)) !== isMoved)
      faults.push(`half a page: ${[...subjects].join(' ')}, cursor moved: ${isMoved}`)
    applyPage(store, page)
  }
}

const makeRoom = () => rmSync(ballast, { force: true })

let store = openAgain()
// One subject for all, as every page after it: a page half applied shows as two.
applyPage(
  store,
  aPage({ cases: Array.from({ length: 20 }, (_, n) => aWholeCase(String(n), { subject: '0' })) }),
)
for (let point = 0; point < Number(points); point += 1) {
  const before = refused
  const left = Math.floor(random() * 500_000)
  writeFileSync(ballast, Buffer.alloc(Math.max(0, freeBytes() - left)))
  for (let tries = 0; refused === before && tries < 400; tries += 1)
    if (random() < 0.1) pull(store)
    else give(store)
  makeRoom()
  if (refused === before) faults.push(`point ${point}: the disk was never full`)
  if (point % 3 === 0) {
    store.close()
    store = openAgain()
  }
  faults.push(...violations({ store, theirs: none, acknowledged: kept }))
}
store.close()
process.stdout.write(
  `${JSON.stringify({ refused, kept: kept.length, faults: faults.slice(0, 10) })}\n`,
)
