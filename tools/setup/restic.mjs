import { mkdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { lacking } from './context.mjs'
import { unpackFromDebian } from './debian.mjs'
import { findProgram, isProgram, run } from './run.mjs'
import { isAtLeast } from './version.mjs'

/** @typedef {import('./context.mjs').Context} Context */

/** `--no-lock`, `--overwrite`, JSON of restore and the exit codes 10 to 12 as we use them. */
export const RESTIC_WANTED = '0.17.1'

/**
 * A restic new enough: the system's, or one fetched into .tools/bin, where the console looks second.
 * @param {Context} context
 * @returns {Promise<import('./context.mjs').Outcome>}
 */
export async function ensureRestic(context) {
  if (await newEnough(context, findProgram(context, 'restic'))) return { ready: true }
  const own = join(context.tools, 'restic')
  if (!(await newEnough(context, own))) {
    const failure = await fetchTools(context, 'restic')
    if (failure !== undefined || !(await newEnough(context, own))) {
      return lacking(`restic ${RESTIC_WANTED} or newer${failure ?? ''}`, `install restic ${RESTIC_WANTED} or newer`)
    }
  }
  return { ready: true }
}

/**
 * restic's own HTTP server, which only the tests need.
 * @param {Context} context
 * @returns {Promise<import('./context.mjs').Outcome>}
 */
export async function ensureRestServer(context) {
  const own = join(context.tools, 'restic-rest-server')
  const there = () => (isProgram(own) ? own : findProgram(context, 'restic-rest-server', 'rest-server'))
  if (there() === undefined) {
    const failure = await fetchTools(context, 'rest-server')
    if (failure !== undefined) return lacking(`restic-rest-server${failure}`, 'install restic-rest-server')
  }
  return there() === undefined ? lacking('restic-rest-server', 'install restic-rest-server') : { ready: true }
}

/**
 * @param {Context} context
 * @param {string | undefined} path
 */
async function newEnough(context, path) {
  if (path === undefined) return false
  const { code, output } = await run(context, [path, 'version'])
  return code === 0 && isAtLeast(/restic (\S+)/.exec(output)?.[1] ?? '0', RESTIC_WANTED)
}

/**
 * @param {Context} context
 * @param {string} subject
 * @returns {Promise<string | undefined>} why it failed
 */
async function fetchTools(context, subject) {
  const packages = ['restic', 'restic-rest-server']
  const folder = join(context.tools, '..', 'restic')
  const wanted = { what: 'restic 0.18 and its server', suite: 'trixie', packages, folder }
  const failure = await unpackFromDebian(context, subject, wanted)
  if (failure !== undefined) return failure
  mkdirSync(context.tools, { recursive: true })
  for (const name of packages) renameSync(join(folder, 'usr', 'bin', name), join(context.tools, name))
  rmSync(folder, { recursive: true })
  return undefined
}
