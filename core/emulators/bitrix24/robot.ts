import { changeItem } from './changes.ts'
import type { Item } from './rows.ts'
import type { World } from './world.ts'

const robotDelayMs = 2000
const robotId = 1
const never = new AbortController().signal

/** Two seconds after somebody changed an item a robot gives it to whom the rule names (3.9). */
export function startRobot(world: World, rule: (item: Item) => number | null): void {
  world.watchers.push((item, author) => {
    if (author.via === 'robot') return
    const userId = rule(item)
    if (userId === null) return
    void world.time.clock.sleep(robotDelayMs, never).then(() => {
      const now = world.items(item.entityTypeId)?.one(item.id)
      if (now)
        changeItem(
          world,
          now,
          { assignedById: userId },
          { userId: robotId, via: 'robot', method: 'robot' },
        )
    })
  })
}
