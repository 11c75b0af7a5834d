import { existsSync } from 'node:fs'
import { aptInstall, aptRemedy } from './apt.mjs'
import { lacking } from './context.mjs'
import { findProgram } from './run.mjs'

/** @typedef {import('./context.mjs').Context} Context */

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome']
const MAC = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'
// Without any font, what our own do not cover is drawn as boxes.
const PACKAGES = ['chromium', 'fonts-dejavu-core']

/**
 * A Chromium for the tests to drive; its path goes to them in RESTORE_CONSOLE_CHROMIUM.
 * @param {Context} context
 * @returns {Promise<import('./context.mjs').Outcome>}
 */
export async function ensureChromium(context) {
  if (!findChromium(context)) await aptInstall(context, 'browser', PACKAGES)
  const path = findChromium(context)
  if (path === undefined) return lacking('Chromium', aptRemedy(PACKAGES))
  context.env['RESTORE_CONSOLE_CHROMIUM'] = path
  return { ready: true, path }
}

/** @param {Context} context */
function findChromium(context) {
  return findProgram(context, ...NAMES) ?? (existsSync(MAC) ? MAC : undefined)
}

/**
 * The command that opens an address in the user's browser; undefined where there is no display to open it on.
 * @param {Context} context
 */
export function browserOpener(context) {
  if (process.platform === 'darwin') return 'open'
  return hasDisplay(context) ? findProgram(context, 'xdg-open', 'sensible-browser', ...NAMES) : undefined
}

/** @param {Context} context */
export function hasDisplay(context) {
  if (process.platform !== 'linux') return true
  return Boolean(context.env['DISPLAY'] || context.env['WAYLAND_DISPLAY'])
}
