import { create } from 'zustand'
import type { Calls, Events } from '../../core/contract.ts'
import { connect } from '../../core/rpc.ts'
import { type Link, lastingWire, portPipe, socketPipe } from './wire.ts'

/** Whether the core can be asked right now; questions that can wait, wait. */
export const useLink = create<{ link: Link; sinceAt: number }>(() => ({
  link: 'connecting',
  sinceAt: Date.now(),
}))

/** Carried out once whatever happens, or changing nothing: asked again after a lost connection. */
const repeatable: ReadonlySet<string> = new Set<keyof Calls>([
  'hello',
  'open',
  'caseDetail',
  'search',
  'assign',
  'take',
  'returnToInbox',
  'pass',
  'defer',
  'progress',
  'closedLately',
  'undo',
  'redo',
  'resolveConflict',
  'proposePlan',
  'openPlan',
  'dropPlan',
  'applyPlan',
  'outbox',
  'settings',
  'saveSettings',
  'portalRule',
  'savePortalRule',
  'syncNow',
  'tellDesktop',
  'reportProblem',
  'awaitSignIn',
  'cancelSignIn',
])

const isElectron = navigator.userAgent.includes('Electron/')
const socketUrl = `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/wire`

const connection = connect<Calls, Events>(
  lastingWire(
    isElectron ? portPipe() : socketPipe(socketUrl),
    ask => repeatable.has(ask),
    // Told at every vain attempt too: `sinceAt` is when it was lost.
    link => useLink.setState(now => (now.link === link ? now : { link, sinceAt: Date.now() })),
  ),
)

/** Everything a window may ask: `core.assign({ … })`. */
export const core = connection.calls

/** Hears what the core tells: `on('changed', patch => …)`; returns how to stop hearing. */
export const on = connection.on
