import { defineConfig } from '@playwright/test'
import { findBrowser, thisMachine } from '../electron/browser.mjs'

const executablePath = process.env['NACHALO_CHROMIUM'] ?? findBrowser(thisMachine())
const isRoot = process.getuid?.() === 0
const electronSpec = /electron\.spec\.ts$/
/** Pictures to be looked at prove nothing, so `npm test` takes none. */
const screenshotsSpec = /screenshots\.spec\.ts$/

/** One browser on three workers, for a page mostly waits; nothing is tried twice, so a story that wavers is seen. */
export default defineConfig({
  testDir: '.',
  testMatch: /\.spec\.ts$/,
  outputDir: '.results/artifacts',
  fullyParallel: true,
  workers: 3,
  retries: 0,
  forbidOnly: Boolean(process.env['CI']),
  timeout: 240_000,
  expect: { timeout: 15_000 },
  reporter: [['list'], ['json', { outputFile: '.results/browser.json' }]],
  use: {
    viewport: { width: 1440, height: 900 },
    locale: 'ru-RU',
    timezoneId: 'Europe/Moscow',
    colorScheme: 'light',
    actionTimeout: 15_000,
    screenshot: 'only-on-failure',
    launchOptions: {
      ...(executablePath ? { executablePath } : {}),
      // Chromium refuses to run as root inside its sandbox; the product never asks for this.
      args: isRoot ? ['--no-sandbox'] : [],
      // A head has scrollbars, so the tests have them too.
      ignoreDefaultArgs: ['--hide-scrollbars'],
    },
  },
  projects: [
    { name: 'chromium', testIgnore: [electronSpec, screenshotsSpec] },
    { name: 'electron', testMatch: electronSpec },
    { name: 'screenshots', testMatch: screenshotsSpec },
  ],
})
