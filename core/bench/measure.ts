export function median(values: readonly number[]): number {
  return quantile(values, 0.5)
}

/** The value below which `share` of the values lie (nearest rank). */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return (
    sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(sorted.length * share) - 1))] ??
    Number.NaN
  )
}

/** Milliseconds of each of `times` calls. */
export function timesOf(times: number, work: (index: number) => void): number[] {
  const spent: number[] = []
  for (let index = 0; index < times; index += 1) {
    const startedAt = performance.now()
    work(index)
    spent.push(performance.now() - startedAt)
  }
  return spent
}
