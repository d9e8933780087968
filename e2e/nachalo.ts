import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, type Page, test as base } from '@playwright/test'
import { crowdWorld } from './crowd.ts'
import { Desk } from './pages/desk.ts'
import { FirstRun } from './pages/first-run.ts'
import { createStage, type Stage, type StagedHub } from './stage.ts'
import type { StagedPortal } from './staged-portal.ts'
import type { Running } from './start.ts'
import { type Problems, watch } from './watch.ts'
import { crowdedWorld, demoWorld, logWorld, type StoryWorld, type World } from './worlds.ts'

/** The companies stories are played in; each is made once a worker, when first asked for. */
export interface Worlds {
  /** A folder for more of them. */
  readonly workshop: string
  demo(): Promise<StoryWorld>
  log(): Promise<StoryWorld>
  /** Two hundred people and ten thousand unassigned cases. */
  crowd(): Promise<World>
  /** Only where `hasCrowdedLog`. */
  crowded(): Promise<World>
}

/** A head at a console connected to a hub of its own process. */
export interface Played {
  readonly desk: Desk
  readonly core: Running
  readonly hub: StagedHub
  readonly stage: Stage
}

/** A head at a console connected to an emulated portal, a Monday at eleven. */
export interface PlayedPortal {
  readonly desk: Desk
  readonly portal: StagedPortal
  readonly stage: Stage
}

export const portalMoment = Date.parse('2026-11-23T11:00:00+03:00')

interface Fixtures {
  /** A stage whose clock stands where the test says. */
  readonly stageAt: (momentAt: number) => Stage
  /** Opens the console in the page of this test. */
  readonly enter: (stage: Stage, args?: readonly string[]) => Promise<Pick<Played, 'desk' | 'core'>>
  /** Starts the hub of a world, connects the console to it through the window and waits for the data. */
  readonly play: (world: World) => Promise<Played>
  /** Starts a portal of Bitrix24, connects the console to it by its head's webhook and waits for the data. */
  readonly playPortal: (faults?: readonly object[], marks?: boolean) => Promise<PlayedPortal>
  /** What the page did that it must never do; the end of every test looks at it. */
  readonly problems: Problems
}

/** The page's clock stands where the clocks of the programs stand. */
export async function setClock(page: Page, offsetMs: number): Promise<void> {
  await page.addInitScript(offset => {
    const RealDate = Date
    const now = () => RealDate.now() + offset
    globalThis.Date = new Proxy(RealDate, {
      construct: (target, args, newTarget) =>
        Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget),
      get: (target, name, receiver) => (name === 'now' ? now : Reflect.get(target, name, receiver)),
    })
  }, offsetMs)
}

const remembered = <T>(make: () => Promise<T>): (() => Promise<T>) => {
  let made: Promise<T> | null = null
  return () => (made ??= make())
}

export const test = base.extend<Fixtures, { readonly worlds: Worlds }>({
  worlds: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the names of the fixtures a fixture needs.
    async ({}, use) => {
      const workshop = mkdtempSync(join(tmpdir(), 'nachalo-worlds-'))
      const demo = remembered(() => demoWorld(workshop))
      await use({
        workshop,
        demo,
        crowd: remembered(async () => crowdWorld(workshop, await demo())),
        log: remembered(() => logWorld(workshop)),
        crowded: remembered(() => crowdedWorld(workshop)),
      })
      rmSync(workshop, { recursive: true, force: true })
    },
    { scope: 'worker' },
  ],
  async problems({ page }, use) {
    await use(await watch(page))
  },
  async stageAt({ problems }, use) {
    const stages: Stage[] = []
    await use(momentAt => {
      const stage = createStage(momentAt)
      stages.push(stage)
      return stage
    })
    expect(problems.all(), 'what the page complained about').toEqual([])
    await Promise.all(stages.map(stage => stage.end()))
  },
  async enter({ page }, use) {
    await use(async (stage, args) => {
      const core = await stage.startCore(args)
      await setClock(page, stage.offsetMs)
      await page.goto(core.url)
      return { desk: new Desk(page), core }
    })
  },
  async playPortal({ page, stageAt, enter }, use) {
    await use(async (faults, hasMarks = false) => {
      const stage = stageAt(portalMoment)
      const portal = await stage.startPortal(faults)
      if (hasMarks) await portal.makeMarks()
      const { desk } = await enter(stage)
      await new FirstRun(page).connectPortal(portal.webhook)
      await expect(desk.badge).toHaveText('Данные свежие')
      return { desk, portal, stage }
    })
  },
  async play({ page, stageAt, enter }, use) {
    await use(async world => {
      const stage = stageAt(world.momentAt)
      const hub = await stage.startHub(world)
      const { desk, core } = await enter(stage)
      await new FirstRun(page).connect(hub.url(), world.headToken)
      await expect(desk.badge).toHaveText('Данные свежие')
      return { desk, core, hub, stage }
    })
  },
})

export { expect }
