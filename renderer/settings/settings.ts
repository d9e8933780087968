import { create } from 'zustand'
import type { Arg, Settings, Stage } from '../../core/contract.ts'
import { core, useLink } from '../state/core.ts'
import { useReplica } from '../state/replica.ts'
import { rememberSettings, useSession } from '../state/session.ts'
import { useView } from '../state/view.ts'
import { failureOf } from '../ui/attempt.ts'

/** The settings as the core last told them; asked for when the room is entered. */
export const useSettings = create<{ settings: Settings | null; problem: string | null }>(() => ({
  settings: null,
  problem: null,
}))

const take = (settings: Settings): void => {
  useSettings.setState({ settings, problem: null })
  useReplica.setState({ defaultLimit: settings.defaultLimit })
  const { language, theme } = settings
  rememberSettings({ language, theme })
}

export function askSettings(): void {
  core
    .settings({})
    .then(take, (error: unknown) => useSettings.setState({ problem: failureOf(error) }))
}

/** Saves what changed; throws what the core throws. */
export async function save(change: Arg<'saveSettings'>): Promise<void> {
  take(await core.saveSettings(change))
}

/** Settings are those of the open workspace: another one has others. */
const spaceIn = (stage: Stage | null) => (stage?.kind === 'ready' ? stage.space.workspaceId : null)

const isLooking = () => useView.getState().active === 'settings'

useView.subscribe((view, before) => {
  if (view.active !== before.active && isLooking()) askSettings()
})
useSession.subscribe(({ stage }, before) => {
  const space = spaceIn(stage)
  if (space === null || space === spaceIn(before.stage)) return
  useSettings.setState({ settings: null, problem: null })
  askSettings()
})
useLink.subscribe(({ link }) => {
  if (link === 'open' && isLooking()) askSettings()
})
askSettings()
