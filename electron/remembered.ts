import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

/** In device-independent pixels, as Electron has them. */
export interface Bounds {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** How the window stood when it was last seen. */
export interface Remembered {
  /** null: where the system puts it. */
  readonly bounds: Bounds | null
  readonly isMaximized: boolean
  readonly zoom: number
}

export const leastSize = { width: 960, height: 600 }
const nothing: Remembered = { bounds: null, isMaximized: false, zoom: 1 }
const zooms = [0.5, 0.67, 0.75, 0.8, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2]

export type ZoomStep = 'in' | 'out' | 'reset'

/** The next size of the page: a step of the list, and its ends stay. */
export function zoomAfter(zoom: number, step: ZoomStep): number {
  switch (step) {
    case 'reset':
      return 1
    case 'in':
      return zooms.find(each => each > zoom + 0.001) ?? Math.max(...zooms)
    case 'out':
      return zooms.findLast(each => each < zoom - 0.001) ?? Math.min(...zooms)
  }
}

/** What the file says as far as it makes sense; a damaged one says nothing. */
export function rememberedOf(text: string): Remembered {
  const value = parsed(text)
  const { zoom } = value
  return {
    bounds: boundsOf(value['bounds']),
    isMaximized: value['isMaximized'] === true,
    zoom: typeof zoom === 'number' && zooms.includes(zoom) ? zoom : nothing.zoom,
  }
}

function parsed(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text)
    return isRecord(value) ? value : {}
  } catch {
    return {}
  }
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const furthest = 100_000
const isPlace = (value: unknown): value is number =>
  typeof value === 'number' && Number.isInteger(value) && Math.abs(value) <= furthest

function boundsOf(value: unknown): Bounds | null {
  if (!isRecord(value)) return null
  const { x, y, width, height } = value
  if (!isPlace(x) || !isPlace(y) || !isPlace(width) || !isPlace(height)) return null
  return width < leastSize.width || height < leastSize.height ? null : { x, y, width, height }
}

/** So much of the title must lie on a display for a hand to take hold of it. */
const grip = { width: 120, height: 40 }

/**
 * The bounds as they fit the displays that there are now (their work areas); null when nothing of
 * the title could be reached, so that the system chooses.
 */
export function boundsOn(displays: readonly Bounds[], bounds: Bounds | null): Bounds | null {
  if (!bounds) return null
  const title = { ...bounds, height: grip.height }
  const home = displays.find(display => {
    const seen = overlap(display, title)
    return seen.width >= grip.width && seen.height >= grip.height
  })
  if (!home) return null
  return {
    ...bounds,
    width: Math.max(leastSize.width, Math.min(bounds.width, home.width)),
    height: Math.max(leastSize.height, Math.min(bounds.height, home.height)),
  }
}

function overlap(a: Bounds, b: Bounds): { readonly width: number; readonly height: number } {
  const between = (from: number, other: number, to: number, otherTo: number) =>
    Math.max(0, Math.min(to, otherTo) - Math.max(from, other))
  return {
    width: between(a.x, b.x, a.x + a.width, b.x + b.width),
    height: between(a.y, b.y, a.y + a.height, b.y + b.height),
  }
}

/** A missing file is the first start. */
export function readRemembered(path: string): Remembered {
  try {
    return rememberedOf(readFileSync(path, 'utf8'))
  } catch {
    return nothing
  }
}

/** Written beside and renamed over; a place that cannot be written is no reason to disturb anybody. */
export function remember(path: string, remembered: Remembered): void {
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
    writeFileSync(`${path}.new`, JSON.stringify(remembered), { mode: 0o600 })
    renameSync(`${path}.new`, path)
  } catch {
    // The window opens where the system puts it.
  }
}
