import type { CaseId } from '../../../core/domain/id.ts'
import { useReplica } from '../../state/replica.ts'
import { takenNow } from '../../state/taken.ts'
import { sayChangedSince } from '../../state/view.ts'
import { rest, useDrag } from './drag-state.ts'

const thresholdPx = 4
const edgePx = 56
const fastestPx = 18

export interface Drag {
  /** The cases taken by a drag that begins here; null: nothing to drag. */
  lift(): readonly CaseId[] | null
  /** Released over a target; `isForced`: Shift was held. */
  drop(caseIds: readonly CaseId[], target: string, isForced: boolean): void
}

/** The element that follows the pointer, while `DragLayer` shows one. */
let chip: HTMLElement | null = null
export const followWith = (element: HTMLElement | null): void => {
  chip = element
}

/**
 * Watches one press of the pointer on `surface`: after four pixels it becomes a drag, a shorter
 * move stays a click. Touch is left to scrolling.
 */
export function watchPress(down: PointerEvent, surface: HTMLElement, drag: Drag): void {
  if (down.button !== 0 || down.pointerType === 'touch' || useDrag.getState().caseIds) return
  let carried: readonly CaseId[] | null = null
  let at: Point = { x: down.clientX, y: down.clientY }
  let frame = 0
  let stillThere: ReturnType<typeof takenNow> = () => []
  /** What somebody else gave out meanwhile is not carried any further. */
  const loosen = () => {
    if (!carried) return
    const left = stillThere(useReplica.getState())
    if (left.length === carried.length) return
    if (left.length > 0) {
      carried = left
      return useDrag.setState({ caseIds: left })
    }
    sayChangedSince(carried)
    letGo()
  }
  const tick = () => {
    loosen()
    if (!carried) return
    follow(at)
    frame = requestAnimationFrame(tick)
  }
  const end = () => {
    stopListening()
    cancelAnimationFrame(frame)
    if (carried) putDown(surface, down.pointerId)
  }
  /** Nothing is carried any more, though the button is still down. */
  const letGo = () => {
    end()
    carried = null
    window.addEventListener('pointerup', swallowClick, { capture: true, once: true })
  }
  const begin = (isForced: boolean) => {
    carried = drag.lift()
    if (!carried) return end()
    stillThere = takenNow(useReplica.getState(), carried)
    pickUp(surface, down.pointerId, carried)
    force(isForced)
    tick()
  }
  const stopListening = listen({
    move(event) {
      if (event.pointerId !== down.pointerId) return
      at = { x: event.clientX, y: event.clientY }
      if (carried) force(event.shiftKey)
      else if (Math.hypot(at.x - down.clientX, at.y - down.clientY) > thresholdPx)
        begin(event.shiftKey)
    },
    release(event) {
      if (event.pointerId !== down.pointerId) return
      const over = targetUnder(document.elementFromPoint(event.clientX, event.clientY))
      const left = stillThere(useReplica.getState())
      end()
      if (carried && left.length === 0) sayChangedSince(carried)
      else if (carried && over) drag.drop(left, over, event.shiftKey)
    },
    cancel: end,
    key(event) {
      if (!carried) return
      event.stopPropagation()
      event.preventDefault()
      if (event.key === 'Shift') force(event.type === 'keydown')
      if (event.key === 'Escape') letGo()
    },
  })
}

interface Point {
  readonly x: number
  readonly y: number
}

interface Listeners {
  move(event: PointerEvent): void
  release(event: PointerEvent): void
  cancel(): void
  key(event: KeyboardEvent): void
}

/** Hears the whole window until the returned function is called. */
function listen({ move, release, cancel, key }: Listeners): () => void {
  const listening = new AbortController()
  const { signal } = listening
  window.addEventListener('pointermove', move, { signal })
  window.addEventListener('pointerup', release, { signal })
  window.addEventListener('pointercancel', cancel, { signal })
  window.addEventListener('blur', cancel, { signal })
  window.addEventListener('keydown', key, { signal, capture: true })
  window.addEventListener('keyup', key, { signal, capture: true })
  return () => listening.abort()
}

function pickUp(surface: HTMLElement, pointerId: number, caseIds: readonly CaseId[]): void {
  surface.setPointerCapture(pointerId)
  surface.dataset['dragging'] = ''
  window.getSelection()?.removeAllRanges()
  useDrag.setState({ caseIds, over: null, isForced: false })
}

function putDown(surface: HTMLElement, pointerId: number): void {
  delete surface.dataset['dragging']
  if (surface.hasPointerCapture(pointerId)) surface.releasePointerCapture(pointerId)
  swallowClick()
  rest()
}

/** One frame of a drag: the chip, the target under the pointer, the list that must move. */
function follow(at: Point): void {
  if (chip) place(chip, at)
  const under = document.elementFromPoint(at.x, at.y)
  const over = targetUnder(under)
  if (over !== useDrag.getState().over) useDrag.setState({ over })
  scrollNearEdge(under, at.y)
}

const gapPx = 14

/** Beside the pointer, on the side where there is room. */
function place(element: HTMLElement, { x, y }: Point): void {
  const { offsetWidth: width, offsetHeight: height } = element
  const left = x + gapPx + width > window.innerWidth ? x - gapPx - width : x + gapPx
  const top = y + gapPx + height > window.innerHeight ? y - gapPx - height : y + gapPx
  element.style.transform = `translate(${Math.round(left)}px, ${Math.round(top)}px)`
}

const force = (isForced: boolean) => {
  if (useDrag.getState().isForced !== isForced) useDrag.setState({ isForced })
}

const targetUnder = (element: Element | null): string | null =>
  element?.closest('[data-drop]')?.getAttribute('data-drop') ?? null

/** Lists marked `data-autoscroll` move when the pointer is near their upper or lower edge. */
function scrollNearEdge(element: Element | null, y: number): void {
  const list = element?.closest('[data-autoscroll]')
  if (!list) return
  const { top, bottom } = list.getBoundingClientRect()
  const above = Math.max(0, top + edgePx - y)
  const below = Math.max(0, y - (bottom - edgePx))
  const step = ((below - above) / edgePx) * fastestPx
  if (step !== 0) list.scrollBy({ top: step })
}

/** The release of a drag must not count as a click on what lies under it. */
function swallowClick(): void {
  const swallow = (event: Event) => {
    event.stopPropagation()
    event.preventDefault()
  }
  window.addEventListener('click', swallow, { capture: true, once: true })
  setTimeout(() => window.removeEventListener('click', swallow, { capture: true }), 0)
}
