/** Time as the portal's surroundings have it; a test passes a virtual one. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number
  /** Resolves after the time or as soon as the signal is aborted; never rejects. */
  sleep(milliseconds: number, signal: AbortSignal): Promise<void>
}

export const realClock: Clock = {
  now: () => Date.now(),
  sleep: (milliseconds, signal) =>
    new Promise(resolve => {
      if (signal.aborted) return resolve()
      const end = () => {
        clearTimeout(timer)
        signal.removeEventListener('abort', end)
        resolve()
      }
      const timer = setTimeout(end, milliseconds)
      signal.addEventListener('abort', end)
    }),
}

/** The portal's own clock: skewed, of one fixed zone, a whole second at a time in its records. */
export class PortalTime {
  readonly clock: Clock
  readonly offsetMinutes: number
  skewMs: number
  constructor(clock: Clock, offsetMinutes: number, skewMs: number) {
    this.clock = clock
    this.offsetMinutes = offsetMinutes
    this.skewMs = skewMs
  }

  /** Epoch milliseconds as the portal believes them. */
  now(): number {
    return this.clock.now() + this.skewMs
  }

  /** The moment a record keeps: resolution is a second (bitrix24.md 4.2). */
  second(): number {
    return Math.floor(this.now() / 1000) * 1000
  }

  /** `2026-11-22T12:00:00+03:00`: the server's zone, whatever the user's is (bitrix24.md 4.10). */
  iso(at: number): string {
    return `${this.#shifted(at).slice(0, 19)}${this.#suffix()}`
  }

  /** `02.12.2024 11:00:00`, the display format of the calendar (bitrix24.md 3.4). */
  display(at: number): string {
    const text = this.#shifted(at)
    return `${text.slice(8, 10)}.${text.slice(5, 7)}.${text.slice(0, 4)} ${text.slice(11, 19)}`
  }

  /** What strtotime makes of it: without a zone it is the server's; null: not a time. */
  parse(text: string): number | null {
    const match =
      /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d))?(?:\.\d+)?)?\s*(Z|[+-]\d\d:?\d\d)?$/i.exec(
        text.trim(),
      )
    if (!match) return this.#parseDisplay(text)
    const [, year, month, day, hour = '0', minute = '0', second = '0', zone] = match
    const utc = Date.UTC(
      Number(year),
      Number(month) - 1,
      Number(day),
      Number(hour),
      Number(minute),
      Number(second),
    )
    return Number.isNaN(utc) ? null : utc - offsetOf(zone, this.offsetMinutes) * 60_000
  }

  #parseDisplay(text: string): number | null {
    const match = /^(\d\d)\.(\d\d)\.(\d{4})(?: (\d\d):(\d\d)(?::(\d\d))?)?$/.exec(text.trim())
    if (!match) return null
    const [, day, month, year, hour = '0', minute = '0', second = '0'] = match
    return (
      Date.UTC(
        Number(year),
        Number(month) - 1,
        Number(day),
        Number(hour),
        Number(minute),
        Number(second),
      ) -
      this.offsetMinutes * 60_000
    )
  }

  #shifted(at: number): string {
    return new Date(at + this.offsetMinutes * 60_000).toISOString()
  }

  #suffix(): string {
    const minutes = Math.abs(this.offsetMinutes)
    const two = (number: number) => String(number).padStart(2, '0')
    return `${this.offsetMinutes < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`
  }
}

function offsetOf(zone: string | undefined, usual: number): number {
  if (zone === undefined) return usual
  if (zone.toUpperCase() === 'Z') return 0
  const sign = zone.startsWith('-') ? -1 : 1
  return sign * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2)))
}
