import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { hasDisplay } from './browser.mjs'
import { lacking } from './context.mjs'
import { failedLately, forgetFailure, noteFailure } from './memory.mjs'
import { run } from './run.mjs'

/** @typedef {import('./context.mjs').Context} Context */

const FETCH_LIMIT_SECONDS = 180

/**
 * Electron's binary, fetched if need be, and able to open a window here.
 * @param {Context} context
 * @returns {Promise<import('./context.mjs').Outcome>}
 */
export async function ensureElectron(context) {
  const obstacle = windowObstacle(context)
  if (obstacle) return obstacle
  const path = findElectron(context) ?? (await fetchElectron(context))
  if (path === undefined) return lacking("Electron's binary: it could not be fetched", 'npx install-electron')
  // As plain Node it needs no display, and still every shared library.
  const trial = await run(context, [path, '--version'], { env: { ELECTRON_RUN_AS_NODE: '1' } })
  if (trial.code !== 0) return lacking(`what Electron needs: ${trial.output.trim()}`, 'install the library it names')
  if (!canSandbox(path)) {
    const helper = join(path, '..', 'chrome-sandbox')
    return lacking("Electron's sandbox", `sudo chown root ${helper} && sudo chmod 4755 ${helper}`)
  }
  return { ready: true, path }
}

/** @param {Context} context */
function windowObstacle(context) {
  if (!hasDisplay(context)) return lacking('a display', 'open the address below in a browser')
  if (context.isRoot) return lacking('a plain user: Electron does not start as root', 'run it as yourself')
  return undefined
}

/**
 * Where the binary is; undefined when it is not.
 * @param {Context} context
 */
export function findElectron(context) {
  const override = context.env['ELECTRON_OVERRIDE_DIST_PATH']
  const folder = join(context.root, 'node_modules', 'electron')
  try {
    const path = join(override ?? join(folder, 'dist'), readFileSync(join(folder, 'path.txt'), 'utf8').trim())
    return existsSync(path) ? path : undefined
  } catch {
    return undefined
  }
}

/** @param {Context} context */
async function fetchElectron(context) {
  if (failedLately(context, 'electron')) return undefined
  context.say('electron', `fetching it, about 110 MB, ${FETCH_LIMIT_SECONDS / 60} minutes at most`)
  const script = join(context.root, 'node_modules', 'electron', 'install.js')
  const { code } = await run(context, ['node', script], { limitSeconds: FETCH_LIMIT_SECONDS })
  if (code !== 0) noteFailure(context, 'electron')
  else forgetFailure(context, 'electron')
  return findElectron(context)
}

/**
 * Chromium's sandbox needs user namespaces, or its helper owned by root and setuid. Some Linux systems allow neither.
 * @param {string} path
 */
function canSandbox(path) {
  if (process.platform !== 'linux') return true
  const helper = statSync(join(path, '..', 'chrome-sandbox'), { throwIfNoEntry: false })
  if (helper && helper.uid === 0 && (helper.mode & 0o4000) !== 0) return true
  return (
    setting('/proc/sys/kernel/unprivileged_userns_clone') !== '0' &&
    setting('/proc/sys/kernel/apparmor_restrict_unprivileged_userns') !== '1'
  )
}

/** @param {string} path */
function setting(path) {
  try {
    return readFileSync(path, 'utf8').trim()
  } catch {
    return undefined
  }
}
