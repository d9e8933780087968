import { factAfter } from '../../backends/bitrix24/fact.ts'
import type { Fact } from '../../backends/bitrix24/fact.ts'
/** One life of a console at a hostile portal, from a seed to the end of everything it began. */
import { usualManners } from '../../backends/bitrix24/trace.ts'
import { createVersions } from '../../backends/bitrix24/versions.ts'
import type { World } from '../../backends/bitrix24/world.ts'
import { randomFrom } from '../seed.ts'
import { forgetIds, headActs, otherActs, pull, yieldToAll } from './actors.ts'
import type { Stage } from './actors.ts'
import { createEvidence, judgeLife } from './invariants.ts'
import type { Verdict } from './invariants.ts'
import { startMachine } from './machine.ts'
import type { Bug, Machine } from './machine.ts'
import type { MemoryStore } from './memory-store.ts'
import { bare, marked } from './office.ts'
import { createPortal } from './portal.ts'
import type { Portal, PortalCase } from './portal.ts'
import { drawActs, drawCases } from './script.ts'
import type { Act, Script } from './script.ts'
import { createTrace } from './trace-of.ts'
import type { Trace } from './trace-of.ts'
import { createVirtual } from './virtual.ts'
import type { Virtual } from './virtual.ts'
import { drawWeather, stillWeather } from './weather.ts'
import { Wire } from './wire.ts'

export interface Life extends Verdict {
  readonly hash: string
  readonly decisions: number
  readonly deaths: number
  /** Writes of decisions that changed something. */
  readonly effects: number
  /** What happened, where it was asked for. */
  readonly lines: readonly string[]
  /** Where the first process could have died. */
  readonly places: number
}

export interface LifeOptions {
  readonly seed: number
  readonly ground: Ground
  readonly bug?: (() => Bug) | undefined
  readonly script?: Script | undefined
  readonly isTold?: boolean
}

/** What lives in one process share: a store whose clock is that of the life. */
export interface Ground {
  readonly memory: MemoryStore
  time: Virtual
}

/** How long after the last trouble everything must have ended. */
const graceMs = 900_000

export async function live(options: LifeOptions): Promise<Life> {
  const scene = setUp(options)
  const { stage, trace, virtual, wire } = scene
  const lastAt = planActs(scene)
  virtual.at(lastAt + 1, () => {
    wire.weather = stillWeather
    scene.machine.dieAt(Number.POSITIVE_INFINITY)
    trace.add(`${virtual.now()} heals`)
  })
  await virtual.run(lastAt + graceMs)
  const quietAfter = virtual.now() - lastAt
  yieldToAll(stage)
  await virtual.run(lastAt + 2 * graceMs)
  scene.machine.die()
  const verdict = judgeLife({ ...scene, quietAfter })
  trace.add(verdict.states)
  return {
    ...verdict,
    hash: trace.hash(),
    decisions: stage.decided.length,
    deaths: scene.deaths - 1,
    effects: scene.portal.effects.filter(({ isChange }) => isChange).length,
    lines: trace.lines,
    places: scene.places,
  }
}

export interface Scene {
  readonly stage: Stage
  readonly portal: Portal
  readonly wire: Wire
  readonly virtual: Virtual
  readonly trace: Trace
  readonly script: Script
  readonly cases: readonly PortalCase[]
  readonly isBare: boolean
  readonly evidence: ReturnType<typeof createEvidence>
  /** Cases this computer alone once knew to be the head's own. */
  readonly everTaken: Set<string>
  readonly taken: Map<string, Fact>
  machine: Machine
  world: World
  dismissedAt: number | null
  deaths: number
  places: number
}

function setUp(options: LifeOptions): Scene {
  const { seed, ground, script = {}, isTold = false } = options
  const random = randomFrom(seed)
  const trace = createTrace(isTold)
  const virtual = createVirtual()
  const { memory } = ground
  ground.time = virtual
  memory.clear()
  forgetIds()
  const isBare = script.isBare ?? random() < 0.2
  const office = isBare ? bare : marked
  const cases = drawCases(random, !isBare, script)
  const portal = openPortal(virtual, cases, trace)
  const wire = new Wire({ virtual, portal, random, trace: trace.add })
  wire.weather = script.weather ?? drawWeather(random)
  wire.planned.push(...(script.planned ?? []))
  const taken = new Map<string, Fact>()
  const scene: Scene = {
    stage: {
      virtual,
      portal,
      memory,
      random,
      trace: trace.add,
      world: () => scene.world,
      versions: createVersions(),
      pulled: new Map(),
      byHand: new Set(),
      decided: [],
    },
    portal,
    wire,
    virtual,
    trace,
    script,
    cases,
    isBare,
    evidence: createEvidence(memory),
    taken,
    everTaken: new Set(),
    dismissedAt: !script.acts && random() < 0.06 ? random() * 60_000 : null,
    world: { ...office.now, taken },
    machine: null as never,
    deaths: 0,
    places: 0,
  }
  if (scene.dismissedAt !== null)
    virtual.at(scene.dismissedAt, () => {
      scene.world = { ...office.later, taken }
    })
  for (const one of cases) pull(scene.stage, one)
  scene.machine = begin(scene, options)
  if (script.diesAt !== undefined) scene.machine.dieAt(script.diesAt)
  return scene
}

/** Each death is followed by a new beginning. */
function begin(scene: Scene, options: LifeOptions): Machine {
  const { virtual, wire, stage, trace, evidence, taken, everTaken } = scene
  const { random, memory } = stage
  return startMachine({
    virtual,
    wire,
    memory,
    random,
    life: scene.deaths,
    world: stage.world,
    taken: {
      all: taken,
      set(id, standing) {
        taken.set(id, factAfter(taken.get(id), standing))
        if (standing === 'taken') everTaken.add(id)
      },
      remove: id => void taken.delete(id),
    },
    manners: usualManners,
    bug: options.bug?.() ?? {},
    onWrite: evidence.noteWrite,
    report: evidence.report,
    onDeath() {
      if (scene.deaths === 0) scene.places = scene.machine.places
      scene.deaths += 1
      trace.add(`${virtual.now()} dies`)
      virtual.at(virtual.now() + 20 + random() * 20_000, () => {
        trace.add(`${virtual.now()} restarts`)
        scene.machine = begin(scene, options)
      })
    },
  })
}

function openPortal(virtual: Virtual, cases: readonly PortalCase[], trace: Trace): Portal {
  const portal = createPortal({
    time: virtual.now,
    cases,
    onSave(theCase, before, by) {
      const { raw } = portal.now(theCase)
      trace.add(`${virtual.now()} saved ${theCase.local} ${by}: ${before.raw} ${raw}`)
      const { robotTo } = theCase
      if (robotTo === null || robotTo === by || raw === before.raw) return
      virtual.at(virtual.now() + 2_000, () => portal.save(theCase, robotTo, { raw: robotTo }), true)
    },
  })
  return portal
}

/** Returns when the last of it happens. */
function planActs(scene: Scene): number {
  const { virtual, script, stage } = scene
  const acts = script.acts ?? drawActs(stage.random)
  for (const one of acts) virtual.at(one.at, () => act(scene, one))
  return Math.max(...acts.map(({ at }) => at), scene.dismissedAt ?? 0)
}

function act(scene: Scene, { who }: Act): void {
  const { stage, cases } = scene
  const { random } = stage
  const theCase = cases[Math.floor(random() * cases.length)]
  if (!theCase) return
  if (typeof who === 'function') who(stage)
  else if (who === 'other') otherActs(stage, theCase)
  else if (!scene.machine.isAlive) return
  else if (who === 'head') headActs(stage, theCase)
  else if (who === 'death') scene.machine.die()
  else scene.machine.dieAt(1 + Math.floor(random() * 40))
}
