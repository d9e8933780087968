import { useSyncExternalStore } from 'react'

const secondMs = 1000

const everySecond = (tick: () => void) => {
  const timer = setInterval(tick, secondMs)
  return () => clearInterval(timer)
}
const never = () => () => undefined
const currentSecond = () => Math.floor(Date.now() / secondMs) * secondMs

/** This second (UTC ms), moving while `isCounting`: for what counts down. */
export const useSeconds = (isCounting: boolean): number =>
  useSyncExternalStore(isCounting ? everySecond : never, currentSecond)
