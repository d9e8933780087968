import { useMantineColorScheme } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { lazy, Suspense, useEffect } from 'react'
import { InboxStrip } from './inbox/inbox-strip.tsx'
import { Inbox } from './inbox/inbox.tsx'
import { isReader, useReplica } from './state/replica.ts'
import { reportProblem } from './state/report.ts'
import { useSession } from './state/session.ts'
import { splitOrCarryOut } from './state/split.ts'
import { show, useView } from './state/view.ts'
import { TeamPanel } from './team/team-panel.tsx'
import { TeamView } from './team/team-view.tsx'
import { AgeBadge } from './ui/age-badge.tsx'
import { Dialogs } from './ui/dialogs.tsx'
import { DragChip } from './ui/drag-chip.tsx'
import { DragLayer } from './ui/drag/drag-layer.tsx'
import { Failed } from './ui/failed.tsx'
import { MendedToast } from './ui/mended.tsx'
import { Palette } from './ui/palette.tsx'
import { ProblemBoundary } from './ui/problem.tsx'
import { Rail } from './ui/rail.tsx'
import { Toaster } from './ui/toaster.tsx'
import { useDesktop } from './ui/use-desktop.ts'
import { useWindowKeys } from './ui/use-window-keys.ts'
import { Waiting } from './ui/waiting.tsx'
import { speak } from './ui/words.ts'
import styles from './app.module.css'

const firstRun = () => import('./first-run/first-run.tsx')
const heatmapView = () => import('./heatmap/heatmap-view.tsx')
const treeView = () => import('./tree/tree-view.tsx')
const caseDrawer = () => import('./case/case-drawer.tsx')
const syncView = () => import('./sync/sync-view.tsx')
const planView = () => import('./plan/plan-view.tsx')
const settingsView = () => import('./settings/settings-view.tsx')
const boardView = () => import('./board/board-view.tsx')
const freeView = () => import('./free/free-view.tsx')
const unlock = () => import('./first-run/unlock.tsx')

const FirstRun = lazy(async () => ({ default: (await firstRun()).FirstRun }))
const HeatmapView = lazy(async () => ({ default: (await heatmapView()).HeatmapView }))
const TreeView = lazy(async () => ({ default: (await treeView()).TreeView }))
const CaseDrawer = lazy(async () => ({ default: (await caseDrawer()).CaseDrawer }))
const SyncView = lazy(async () => ({ default: (await syncView()).SyncView }))
const PlanView = lazy(async () => ({ default: (await planView()).PlanView }))
const SettingsView = lazy(async () => ({ default: (await settingsView()).SettingsView }))
const BoardView = lazy(async () => ({ default: (await boardView()).BoardView }))
const FreeView = lazy(async () => ({ default: (await freeView()).FreeView }))
const Unlock = lazy(async () => ({ default: (await unlock()).Unlock }))

/** The room the core's stage asks for. */
export function App() {
  useHabits()
  useDesktop()
  return (
    <Suspense fallback={<Waiting />}>
      <Room />
    </Suspense>
  )
}

function Room() {
  const stage = useSession(session => session.stage)
  switch (stage?.kind) {
    case undefined:
      return <Waiting />
    case 'firstRun':
      return <FirstRun />
    case 'locked':
      return <Unlock />
    case 'failed':
      return <Failed reason={stage.reason} />
    case 'ready':
      return <Desk key={stage.space.workspaceId} />
  }
}

/** Once the desk stands, the other rooms are brought too: they must open even when the core is gone. */
function useRoomsAtHand(): void {
  useEffect(() => {
    const bring = () =>
      void Promise.all([
        caseDrawer(),
        planView(),
        heatmapView(),
        treeView(),
        boardView(),
        freeView(),
        syncView(),
        settingsView(),
      ])
    const asked = requestIdleCallback(bring)
    return () => cancelIdleCallback(asked)
  }, [])
}

/** Who gives nothing out has no «Начало»: they come to see who is free. */
function useHome(): void {
  const isOnlyReader = useReplica(({ me }) => isReader(me))
  useEffect(() => {
    if (isOnlyReader && useView.getState().active === 'inbox') show('free')
  }, [isOnlyReader])
}

/** The desk: rail, the view, the open case over it, the team beside it, the badge below. */
function Desk() {
  const active = useView(view => view.active)
  const isCaseOpen = useView(view => view.openCaseId !== null)
  const isWide = useMediaQuery('(min-width: 1700px)')
  const isTeamBeside = active === 'inbox' || (active === 'board' && isWide)
  useWindowKeys()
  useRoomsAtHand()
  useHome()
  return (
    <div className={styles.desk}>
      <Rail />
      <main className={styles.main}>
        <ProblemBoundary key={active} report={reportProblem}>
          <Suspense fallback={<Waiting />}>
            <ActiveView />
          </Suspense>
        </ProblemBoundary>
        {isCaseOpen && (
          <div className={styles.drawer}>
            <ProblemBoundary report={reportProblem}>
              <Suspense fallback={<Waiting />}>
                <CaseDrawer />
              </Suspense>
            </ProblemBoundary>
          </div>
        )}
      </main>
      {isTeamBeside && <TeamPanel />}
      <AgeBadge />
      <DragLayer Chip={DragChip} />
      <Dialogs />
      <Palette />
      <Toaster />
      <MendedToast />
    </div>
  )
}

function ActiveView() {
  const active = useView(view => view.active)
  switch (active) {
    case 'inbox':
      return <Inbox />
    case 'plan':
      return <PlanView />
    case 'team':
      return <TeamView />
    case 'load':
      return <HeatmapView inbox={<InboxStrip />} />
    case 'tree':
      return <TreeView inbox={<InboxStrip drop={splitOrCarryOut} />} />
    case 'board':
      return <BoardView />
    case 'free':
      return <FreeView />
    case 'sync':
      return <SyncView />
    case 'settings':
      return <SettingsView />
  }
}

/** Language and colours as the settings say, at once. */
function useHabits(): void {
  const language = useSession(session => session.hello?.language)
  const theme = useSession(session => session.hello?.theme)
  const { setColorScheme } = useMantineColorScheme()
  useEffect(() => {
    if (language !== undefined) void speak(language)
  }, [language])
  useEffect(() => {
    if (theme) setColorScheme(theme)
  }, [theme, setColorScheme])
}
