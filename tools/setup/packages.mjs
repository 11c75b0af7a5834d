import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { lacking } from './context.mjs'
import { npmCommand, run, tail } from './run.mjs'

/** @typedef {import('./context.mjs').Context} Context */

/**
 * node_modules as package-lock.json wants it.
 * @param {Context} context
 * @returns {Promise<import('./context.mjs').Outcome>}
 */
export async function ensurePackages(context) {
  if (isInstalled(context)) return { ready: true }
  context.say('packages', 'installing with npm ci; the first time takes about a minute')
  // npm judges `engines` by the Node it runs on itself and would warn about each of them; ours comes with the packages.
  const { code, output } = await run(context, npmCommand(context, ['ci', '--loglevel=error']))
  if (code === 0 && isInstalled(context)) return { ready: true }
  return lacking(`the npm packages: npm ci ended with ${code}\n${tail(output)}`, 'npm ci')
}

/**
 * npm keeps its own record of what it installed, written last: an interrupted installation leaves none.
 * @param {Context} context
 */
function isInstalled(context) {
  const wanted = readLock(join(context.root, 'package-lock.json'))
  const there = readLock(join(context.root, 'node_modules', '.package-lock.json'))
  if (!wanted || !there) return false
  return Object.entries(wanted).every(([path, entry]) => {
    const installed = there[path]
    if (!installed) return path === '' || entry.optional === true
    return installed.version === entry.version && installed.integrity === entry.integrity
  })
}

/**
 * @param {string} path
 * @returns {Record<string, { version?: string, integrity?: string, optional?: boolean }> | undefined}
 */
function readLock(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8')).packages
  } catch {
    return undefined
  }
}
