/** A real keychain for tests: found, or installed where that may be done. */
import { spawnSync } from 'node:child_process'
import { installedByApt } from './apt.mjs'

const programs = ['gnome-keyring-daemon', 'dbus-run-session']

const isThere = () => programs.every(name => spawnSync('which', [name]).status === 0)

/** Tests that need one skip saying so where there is none. */
export async function keyringForTests() {
  if (process.platform === 'linux' && !isThere()) await installedByApt(['gnome-keyring', 'dbus'])
}
