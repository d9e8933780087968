import type { ReactElement } from 'react'
import { flushSync } from 'react-dom'
import { createRoot } from 'react-dom/client'

/**
 * A picture drawn once by React, to be copied: what passes by the thousand while somebody scrolls
 * has no time for components. To be called when a module is loaded, not while React draws.
 */
export function drawn(picture: ReactElement): (label?: string) => Node {
  const place = document.createElement('div')
  const root = createRoot(place)
  flushSync(() => root.render(picture))
  const pattern = place.firstElementChild?.cloneNode(true)
  root.unmount()
  return label => {
    const copy = pattern?.cloneNode(true) ?? document.createTextNode('')
    if (label !== undefined && copy instanceof Element) {
      copy.setAttribute('role', 'img')
      copy.setAttribute('aria-label', label)
    }
    return copy
  }
}

/** An element with its class and what is in it; text stays text. */
export function element(className: string | undefined, ...inside: readonly (Node | string)[]) {
  const made = document.createElement('span')
  if (className !== undefined) made.className = className
  made.append(...inside)
  return made
}
