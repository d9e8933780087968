/** Of everything random here; printed with the counts, given back by NACHALO_SEED to see a run again. */
export const seed = Number(process.env['NACHALO_SEED'] ?? Date.now() % 1_000_000_000)

/** Small and repeatable: mulberry32. From 0 up to, not including, 1. */
export function randomFrom(start: number): () => number {
  let state = start
  return () => {
    state = (state + 0x6d_2b_79_f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
