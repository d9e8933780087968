import { spawnSync } from 'node:child_process'
import { endOf, startChild } from '../electron/children.mjs'
import { tell } from '../electron/program.mjs'

const aptMs = 300_000

/**
 * Installs what a test needs where that may be done: as root, or with a sudo that asks nothing.
 * @param {readonly string[]} packages
 * @returns {Promise<boolean>} whether it was tried; what came of it is looked at by the caller
 */
export async function installedByApt(packages) {
  if (spawnSync('apt-get', ['--version'], { stdio: 'ignore' }).status !== 0) return false
  const isRoot = process.getuid?.() === 0
  if (!isRoot && spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' }).status !== 0) return false
  tell(`Installing ${packages.join(', ')} with apt-get`)
  for (const args of [
    ['update', '-q'],
    ['install', '-q', '-y', '--no-install-recommends', ...packages],
  ]) {
    const [command = 'apt-get', ...rest] = isRoot
      ? ['apt-get', ...args]
      : ['sudo', '-n', 'apt-get', ...args]
    const child = startChild(command, rest, {
      stdio: ['ignore', 'ignore', 'inherit'],
      timeout: aptMs,
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    })
    await endOf(child).catch(() => 1)
  }
  return true
}
