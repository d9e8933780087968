import { createContext } from 'react'
import type { World } from '../state/world.ts'

/**
 * The world as the hints of the list know it. The row must leave at once; who comes next may be
 * worked out a moment later, for all rows together.
 */
export const NextWorld = createContext<World | null>(null)
