import { create } from 'zustand'

const tickMs = 30_000

const useClock = create(() => ({ now: Date.now() }))
setInterval(() => useClock.setState({ now: Date.now() }), tickMs)

/** The moment everything on the screen is counted from (UTC ms); it moves every half minute. */
export const useNow = (): number => useClock(clock => clock.now)

export const currentNow = (): number => useClock.getState().now
