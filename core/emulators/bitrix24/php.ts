import { isRecord } from './values.ts'

type Node = Map<string, Node | string>

/** PHP's `parse_str`: `a[b][]=1` becomes nested arrays, every value is text (bitrix24.md 2.4). */
export function parsePhpQuery(query: string): Record<string, unknown> {
  const root: Node = new Map()
  for (const pair of query.split('&')) {
    if (pair === '') continue
    const cut = pair.indexOf('=')
    const name = decoded(cut < 0 ? pair : pair.slice(0, cut))
    put(root, pathOf(name), cut < 0 ? '' : decoded(pair.slice(cut + 1)))
  }
  return plainRecord(root)
}

function decoded(text: string): string {
  const spaced = text.replaceAll('+', ' ')
  try {
    return decodeURIComponent(spaced)
  } catch {
    return spaced
  }
}

function pathOf(name: string): string[] {
  const open = name.indexOf('[')
  if (open <= 0) return [name.replaceAll(/[ .]/g, '_')]
  const rest = [...name.slice(open).matchAll(/\[([^\]]*)\]/g)].map(match => match[1] ?? '')
  return [name.slice(0, open).replaceAll(/[ .]/g, '_'), ...rest]
}

function put(root: Node, path: readonly string[], value: string): void {
  let node = root
  for (const [index, step] of path.entries()) {
    const key = step === '' && index > 0 ? nextKey(node) : step
    if (index === path.length - 1) {
      node.set(key, value)
      return
    }
    const found = node.get(key)
    const child: Node = found instanceof Map ? found : new Map()
    node.set(key, child)
    node = child
  }
}

function nextKey(node: Node): string {
  let next = 0
  for (const key of node.keys()) if (/^\d+$/.test(key)) next = Math.max(next, Number(key) + 1)
  return String(next)
}

const plainRecord = (node: Node): Record<string, unknown> =>
  Object.fromEntries(
    [...node].map(([key, value]) => [key, value instanceof Map ? plain(value) : value]),
  )

function plain(node: Node): unknown {
  return phpArray(
    [...node].map(([key, value]) => [key, value instanceof Map ? plain(value) : value]),
  )
}

/** How PHP writes an array as JSON: keys 0..n (or none at all) are a list (bitrix24.md 2.4). */
export function phpArray(entries: readonly (readonly [string, unknown])[]): unknown {
  if (entries.every(([key], index) => key === String(index)))
    return entries.map(([, value]) => value)
  return Object.fromEntries(entries)
}

/** What a reference in a batch leads to: as far as the path exists; null ends it too (11.10). */
export function walk(from: unknown, path: readonly string[]): unknown {
  let node = from
  for (const step of path) {
    const next: unknown = Array.isArray(node)
      ? node[/^\d+$/.test(step) ? Number(step) : -1]
      : isRecord(node) && Object.hasOwn(node, step)
        ? node[step]
        : undefined
    if (next === undefined || next === null) return node
    node = next
  }
  return node
}
