import { readFileSync } from 'node:fs'

const types = readFileSync(
  new URL('../../node_modules/electron/electron.d.ts', import.meta.url),
  'utf8',
)

/** Every permission Electron knows, from its own types. */
export function permissionNames(): string[] {
  const signatures = types.match(/setPermission(Request|Check)Handler\(.*/g) ?? []
  const names = signatures.flatMap(line =>
    [...(/permission: ([^,)]*)/.exec(line)?.[1] ?? '').matchAll(/'([^']+)'/g)].map(
      ([, name = '']) => name,
    ),
  )
  return [...new Set(names)]
}
