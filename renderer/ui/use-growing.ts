import { type RefObject, useEffect, useRef, useState } from 'react'

const step = 40

/** Draws a long list in portions: how many to draw now, and what to put below them. */
export function useGrowing(total: number): {
  count: number
  sentinel: RefObject<HTMLLIElement | null>
} {
  const [count, setCount] = useState(step)
  const sentinel = useRef<HTMLLIElement>(null)
  useEffect(() => {
    const element = sentinel.current
    if (!element || count >= total) return
    const seen = new IntersectionObserver(
      ([entry]) => entry?.isIntersecting && setCount(known => known + step),
      { rootMargin: '400px' },
    )
    seen.observe(element)
    return () => seen.disconnect()
  }, [count, total])
  return { count, sentinel }
}
