import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { findBrowser, thisMachine } from '../electron/browser.mjs'
import { endOf, startChild } from '../electron/children.mjs'
import { Failure } from '../electron/failure.mjs'
import { tell } from '../electron/program.mjs'
import { root } from '../electron/root.mjs'
import { installedByApt } from './apt.mjs'

const playwright = join(root, 'node_modules', '@playwright', 'test', 'cli.js')
const downloadMs = 180_000

/**
 * A browser that starts, by whatever works here: the system's, Playwright's, or one installed now
 * with Playwright or apt.
 * @param {string} node path of Node 24
 * @returns {Promise<string>} its path
 */
export async function browserForTests(node) {
  const present = working(findBrowser(thisMachine())) ?? working(await playwrightBrowser())
  const browser =
    present ?? (await downloaded(node)) ?? (await browserByApt(['chromium', ...fontsMissing()]))
  if (browser) return browser
  throw new Failure(
    'No browser to test in. Install Chromium (Debian: apt-get install chromium fonts-noto-core) or Chrome, then: npm test',
  )
}

/**
 * A browser that lacks libraries does not even say its version.
 * @param {string | null} path
 */
const working = path =>
  path && spawnSync(path, ['--version'], { stdio: 'ignore', timeout: 20_000 }).status === 0
    ? path
    : null

async function playwrightBrowser() {
  const { chromium } = await import('@playwright/test')
  const path = chromium.executablePath()
  return existsSync(path) ? path : null
}

/** @param {string} node */
async function downloaded(node) {
  tell('No browser here: downloading one with Playwright')
  const child = startChild(node, [playwright, 'install', 'chromium'], {
    stdio: ['ignore', 'ignore', 'inherit'],
    timeout: downloadMs,
    env: { ...process.env, PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: '10000' },
  })
  return (await endOf(child)) === 0 ? working(await playwrightBrowser()) : null
}

/** Without a font for Cyrillic every picture is full of boxes. */
function fontsMissing() {
  const { stdout } = spawnSync('fc-list', [':lang=ru'], { encoding: 'utf8' })
  return stdout ? [] : ['fonts-noto-core']
}

/** @param {readonly string[]} packages */
const browserByApt = async packages =>
  (await installedByApt(packages)) ? working(findBrowser(thisMachine())) : null
