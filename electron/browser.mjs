import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/**
 * @typedef {{ platform: string, environment: Readonly<Record<string, string | undefined>>, isRoot: boolean }} Machine
 */

/** @returns {Machine} */
export const thisMachine = () => ({
  platform: process.platform,
  environment: process.env,
  isRoot: process.getuid?.() === 0,
})

/**
 * Why no window of ours can open here, as a key of `why` in launcher.json; null: it can.
 * A browser refuses root unless its sandbox is off, and we never turn a sandbox off.
 * @param {Machine} machine
 */
export function whyNoWindow({ platform, environment, isRoot }) {
  const isDisplayNeeded = platform !== 'win32' && platform !== 'darwin'
  if (isDisplayNeeded && !environment['DISPLAY'] && !environment['WAYLAND_DISPLAY'])
    return 'noDisplay'
  return isRoot ? 'root' : null
}

const names = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge',
  'microsoft-edge-stable',
]
const macApplications = ['Google Chrome', 'Chromium', 'Microsoft Edge']
const windowsPlaces = [
  ['Google', 'Chrome', 'Application', 'chrome.exe'],
  ['Chromium', 'Application', 'chrome.exe'],
  ['Microsoft', 'Edge', 'Application', 'msedge.exe'],
]

/**
 * Path of an installed Chromium, Chrome or Edge; null when there is none.
 * @param {Machine} machine
 * @returns {string | null}
 */
export const findBrowser = machine => placesOf(machine).find(place => existsSync(place)) ?? null

/** @type {(machine: Machine) => string[]} */
function placesOf({ platform, environment }) {
  if (platform === 'darwin')
    return macApplications.map(name => `/Applications/${name}.app/Contents/MacOS/${name}`)
  if (platform === 'win32')
    return ['ProgramFiles', 'ProgramFiles(x86)', 'LocalAppData'].flatMap(root =>
      windowsPlaces.map(place => join(environment[root] ?? 'C:\\', ...place)),
    )
  const folders = (environment['PATH'] ?? '').split(delimiter).filter(folder => folder !== '')
  return names.flatMap(name => folders.map(folder => join(folder, name)))
}

/**
 * One window without an address bar, in a profile of its own: no extensions, no history, no other cookies.
 * @param {string} url
 * @param {string} profile folder
 * @param {'ru' | 'en'} language
 */
export const appWindowArguments = (url, profile, language) => [
  `--app=${url}`,
  `--user-data-dir=${profile}`,
  `--lang=${language}`,
  '--window-size=1440,900',
  '--no-first-run',
  '--no-default-browser-check',
  '--disable-sync',
  '--disable-background-networking',
  '--disable-component-update',
  '--no-pings',
]
