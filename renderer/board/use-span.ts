import { type RefObject, useLayoutEffect, useState } from 'react'

/** Height of a card with the gap below it; the style sheet holds to it. */
export const rowPx = 80
const narrowestPx = 330
const rowsBeyond = 4

/** Rows of cards worth drawing, from and up to (not with). */
export interface Span {
  readonly from: number
  readonly to: number
}

const initial: Span = { from: 0, to: 16 }

/** Which rows of a long column are in sight or near it. */
export function useSpan(list: RefObject<HTMLElement | null>): Span {
  const [span, setSpan] = useState(initial)
  useLayoutEffect(() => {
    const element = list.current
    if (!element) return
    const look = () => {
      const { scrollTop, clientHeight } = element
      const from = Math.max(0, Math.floor(scrollTop / rowPx) - rowsBeyond)
      const to = Math.ceil((scrollTop + clientHeight) / rowPx) + rowsBeyond
      setSpan(known => (known.from === from && known.to === to ? known : { from, to }))
    }
    const resized = new ResizeObserver(look)
    resized.observe(element)
    element.addEventListener('scroll', look, { passive: true })
    return () => {
      resized.disconnect()
      element.removeEventListener('scroll', look)
    }
  }, [list])
  return span
}

/** How many cards lie side by side in each of so many columns of equal width. */
export function useLanes(board: RefObject<HTMLElement | null>, columns: number): number {
  const [lanes, setLanes] = useState(1)
  useLayoutEffect(() => {
    const element = board.current
    if (!element || columns === 0) return
    const resized = new ResizeObserver(() =>
      setLanes(Math.max(1, Math.floor(element.clientWidth / columns / narrowestPx))),
    )
    resized.observe(element)
    return () => resized.disconnect()
  }, [board, columns])
  return lanes
}
