import type { PointerEvent } from 'react'

/**
 * A title put together when the pointer comes: of a list of sentences drawn at every change hardly
 * one is ever read.
 */
export const toldOnHover = (say: () => string) => ({
  onPointerEnter({ currentTarget }: PointerEvent<HTMLElement>) {
    currentTarget.title = say()
  },
})
