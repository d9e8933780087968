import { type Chance, chanceOf } from './chance.ts'
import { demo, words } from './demo/company.ts'
import type { Portal } from './portal.ts'
import type { Clock } from './time.ts'

const deal = 2
const givers = [demo.director, demo.lowerHead, 11, 12] as const
const takers = [demo.head, 11, 12, 13, 14, 15, 18, 20, 21, 22, 23] as const

/** Other people at work: every so often one of them does something, until the signal. */
export async function startColleagues(
  portal: Portal,
  {
    clock,
    everyMs,
    seed,
  }: { readonly clock: Clock; readonly everyMs: number; readonly seed: number },
  stop: AbortSignal,
): Promise<void> {
  const chance = chanceOf(seed)
  for (;;) {
    await clock.sleep(everyMs * (0.5 + chance.next()), stop)
    if (stop.aborted) return
    act(portal, chance)
  }
}

/** Mostly gives and new deals; now and then something is deleted. */
function act({ world }: Portal, chance: Chance): void {
  const by = chance.oneOf(givers)
  const ids = [...world.owners(deal).keys()]
  const share = chance.next()
  if (ids.length === 0 || share < 0.3) {
    const title = `${chance.oneOf(words.deal)} ${chance.oneOf(words.dealFor)}`
    world.createItem(deal, { title, assignedById: demo.head }, by)
    return
  }
  const id = chance.oneOf(ids)
  if (share < 0.7) return world.giveItem(deal, id, chance.oneOf(takers), by)
  if (share < 0.95)
    return world.changeItem(deal, id, { opportunity: chance.between(1, 900) * 1000 }, by)
  world.deleteItem(deal, id, by)
}
