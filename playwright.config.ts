import { defineConfig } from '@playwright/test'

/** The tests end to end, over the built console: in plain Node with a Chromium, and in Electron where there is one. */
export default defineConfig({
  testDir: 'e2e',
  testMatch: '*.spec.ts',
  outputDir: 'test-results',
  timeout: 180_000,
  expect: { timeout: 30_000 },
  fullyParallel: true,
  workers: 2,
  forbidOnly: process.env['CI'] === 'true',
  reporter: 'list',
  use: {
    viewport: { width: 1280, height: 800 },
    locale: 'en-GB',
    reducedMotion: 'reduce',
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: process.env['RESTORE_CONSOLE_CHROMIUM'] ?? '/usr/bin/chromium',
      // Chromium's sandbox does not start as root.
      chromiumSandbox: process.getuid?.() !== 0,
    },
  },
  projects: [
    { name: 'browser', grepInvert: /@desktop|@pictures/ },
    ...(process.env['RESTORE_CONSOLE_ELECTRON'] === undefined
      ? []
      : [{ name: 'electron', grepInvert: /@headless|@pictures/ }]),
    ...(process.env['RESTORE_CONSOLE_PICTURES'] === undefined ? [] : [{ name: 'pictures', grep: /@pictures/ }]),
  ],
})
