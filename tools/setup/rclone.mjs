import { join } from 'node:path'
import { lacking } from './context.mjs'
import { fetchFromDebian } from './debian.mjs'
import { failedLately, forgetFailure, noteFailure } from './memory.mjs'
import { findProgram, run } from './run.mjs'
import { isAtLeast } from './version.mjs'

/** @typedef {import('./context.mjs').Context} Context */

/** The first that serves S3. */
const RCLONE_WANTED = '1.65.0'

/**
 * rclone, whose S3 server only the tests need: the system's if it is new enough, or the one of Debian's sid in .tools/bin.
 * @param {Context} context
 * @returns {Promise<import('./context.mjs').Outcome>}
 */
export async function ensureRclone(context) {
  const own = join(context.tools, 'rclone')
  for (const path of [own, findProgram(context, 'rclone')]) {
    if (await newEnough(context, path)) return { ready: true }
  }
  const missing = `rclone ${RCLONE_WANTED} or newer`
  const remedy = `install ${missing}`
  if (failedLately(context, 'rclone')) return lacking(`${missing}: it was fetched in vain within the last day`, remedy)
  // Its program needs no library but libc, and none newer than Debian 12's.
  const wanted = { what: 'rclone (22 MB)', suite: 'sid', packages: ['rclone'] }
  const failure = await fetchFromDebian(context, 'rclone', wanted)
  if (failure === undefined && (await newEnough(context, own))) {
    forgetFailure(context, 'rclone')
    return { ready: true }
  }
  noteFailure(context, 'rclone')
  return lacking(`${missing}${failure ?? ''}`, remedy)
}

/**
 * @param {Context} context
 * @param {string | undefined} path
 */
async function newEnough(context, path) {
  if (path === undefined) return false
  const { code, output } = await run(context, [path, 'version'])
  return code === 0 && isAtLeast(/rclone v(\S+)/.exec(output)?.[1] ?? '0', RCLONE_WANTED)
}
