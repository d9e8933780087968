import { type RefObject, useEffect, useRef } from 'react'

const idleMs = 6000

/**
 * May the list move? When neither pointer nor focus is in it, or when it stands at its top and
 * nobody has touched it for a while.
 */
export function useCalm(list: RefObject<HTMLElement | null>): () => boolean {
  const touchedAt = useRef(0)
  useEffect(() => {
    const element = list.current
    if (!element) return
    const touch = () => {
      touchedAt.current = Date.now()
    }
    const kinds = ['pointermove', 'pointerdown', 'keydown', 'wheel'] as const
    for (const kind of kinds) element.addEventListener(kind, touch, { passive: true })
    return () => {
      for (const kind of kinds) element.removeEventListener(kind, touch)
    }
  }, [list])
  return () => {
    const element = list.current
    if (!element) return true
    if (!element.matches(':hover') && !element.contains(document.activeElement)) return true
    const top = element.querySelector('.ag-grid-viewport')?.scrollTop ?? 0
    return top === 0 && Date.now() - touchedAt.current > idleMs
  }
}
