import { join } from 'node:path'
import { lacking } from './context.mjs'
import { findProgram, putOnPath, run } from './run.mjs'
import { isAtLeast } from './version.mjs'

export const NODE_WANTED = '24.15.0'

/**
 * A Node new enough for us, first on the PATH of our children. On Linux x64 the packages bring one; elsewhere it has
 * to be the user's own. better-sqlite3 crashes an older Node without a word, so nothing may be started before this.
 * @param {import('./context.mjs').Context} context
 * @returns {Promise<import('./context.mjs').Outcome>}
 */
export async function ensureNode(context) {
  putOnPath(context, join(context.root, 'node_modules', '.bin'))
  const path = findProgram(context, 'node')
  const version = path ? (await run(context, [path, '--version'])).output.trim() : 'none'
  if (path && isAtLeast(version, NODE_WANTED)) return { ready: true, path }
  return lacking(
    `Node ${NODE_WANTED} or newer: ${version} is here, and npm has a newer one for Linux x64 only`,
    `install Node ${NODE_WANTED} or newer and run this again`,
  )
}
