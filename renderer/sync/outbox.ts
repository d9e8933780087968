import { create } from 'zustand'
import type { OrgEditItem } from '../../core/contract-org.ts'
import type { OutboxItem } from '../../core/contract.ts'
import { core, on, useLink } from '../state/core.ts'
import { useView } from '../state/view.ts'
import { failureOf } from '../ui/attempt.ts'

/** The decisions on their way, as the core last told them; asked for only while they are looked at. */
export interface Outbox {
  readonly items: readonly OutboxItem[]
  /** Edits of the organisation. */
  readonly edits: readonly OrgEditItem[]
  readonly isAnswered: boolean
  readonly problem: string | null
}

export const useOutbox = create<Outbox>(() => ({
  items: [],
  edits: [],
  isAnswered: false,
  problem: null,
}))

export const mostAsked = 500
const quietMs = 200

let isAsking = false
let mustAskAgain = false

const isLooking = () => useView.getState().active === 'sync'

/** One question at a time; what changes meanwhile makes one more, not many. */
export function askOutbox(): void {
  if (isAsking) {
    mustAskAgain = true
    return
  }
  isAsking = true
  Promise.all([core.outbox({ limit: mostAsked }), core.orgEdits({ limit: mostAsked })])
    .then(
      ([items, edits]) => useOutbox.setState({ items, edits, isAnswered: true, problem: null }),
      (error: unknown) => useOutbox.setState({ problem: failureOf(error) }),
    )
    .finally(() => setTimeout(settled, quietMs))
}

function settled(): void {
  isAsking = false
  if (!mustAskAgain) return
  mustAskAgain = false
  askOutbox()
}

const askWhenLooking = () => isLooking() && askOutbox()

useView.subscribe((view, before) => view.active !== before.active && askWhenLooking())
useLink.subscribe(({ link }) => link === 'open' && askWhenLooking())
on('sync', askWhenLooking)
on('changed', ({ pending }) => pending && askWhenLooking())
askWhenLooking()
