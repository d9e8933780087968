import { type RefObject, useLayoutEffect, useState } from 'react'

const spare = 6

/** Which of `total` rows of one height are in sight of a scrolling element; the end is exclusive. */
export function useVisibleRows(
  scroller: RefObject<HTMLElement | null>,
  total: number,
  rowPx: number,
): { readonly first: number; readonly end: number } {
  const [range, setRange] = useState({ first: 0, end: 40 })
  useLayoutEffect(() => {
    const element = scroller.current
    if (!element) return
    const look = () => {
      const first = Math.max(0, Math.floor(element.scrollTop / rowPx) - spare)
      const end = Math.ceil((element.scrollTop + element.clientHeight) / rowPx) + spare
      setRange(known => (known.first === first && known.end === end ? known : { first, end }))
    }
    look()
    element.addEventListener('scroll', look, { passive: true })
    const sized = new ResizeObserver(look)
    sized.observe(element)
    return () => {
      element.removeEventListener('scroll', look)
      sized.disconnect()
    }
  }, [scroller, rowPx])
  return { first: range.first, end: Math.min(total, range.end) }
}

/** Scrolls by as little as it takes so that a row is wholly below the heading and in sight. */
export function scrollToRow(
  table: HTMLElement,
  row: number,
  { rowPx, headPx }: { readonly rowPx: number; readonly headPx: number },
): void {
  const top = row * rowPx
  const room = table.clientHeight - headPx
  if (top < table.scrollTop) table.scrollTop = top
  else if (top + rowPx > table.scrollTop + room) table.scrollTop = top + rowPx - room
}
