import { useEffect, useState } from 'react'

const secondMs = 1000

/** The moment now (UTC ms), moving every second while `isCounting`: for what counts down. */
export function useSeconds(isCounting: boolean): number {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    if (!isCounting) return
    setNow(Date.now())
    const timer = setInterval(() => setNow(Date.now()), secondMs)
    return () => clearInterval(timer)
  }, [isCounting])
  return now
}
