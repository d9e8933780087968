import { homedir } from 'node:os'
import { join, resolve } from 'node:path'

export interface Surroundings {
  readonly platform: NodeJS.Platform
  readonly env: Readonly<Record<string, string | undefined>>
  readonly home: string
}

/**
 * Where a console keeps its data: `chosen` when given, else `Nachalo` in the place the system has
 * for it (`XDG_DATA_HOME` or `~/.local/share/nachalo` on Linux).
 */
export function dataFolder(
  chosen: string | null = null,
  { platform, env, home }: Surroundings = {
    platform: process.platform,
    env: process.env,
    home: homedir(),
  },
): string {
  if (chosen !== null) return resolve(chosen)
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Nachalo')
  if (platform === 'win32')
    return join(env['APPDATA'] ?? join(home, 'AppData', 'Roaming'), 'Nachalo')
  return join(env['XDG_DATA_HOME'] || join(home, '.local', 'share'), 'nachalo')
}
