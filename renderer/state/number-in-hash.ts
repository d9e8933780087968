/** The number in `#case/5306`, or null. */
export function numberInHash(hash: string): string | null {
  const written = /^#case\/([^/]{1,200})$/.exec(hash)?.[1]
  if (written === undefined) return null
  try {
    return decodeURIComponent(written)
  } catch {
    return null
  }
}
