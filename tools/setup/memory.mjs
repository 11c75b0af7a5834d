import { mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** @typedef {import('./context.mjs').Context} Context */

const DAY_MILLISECONDS = 24 * 60 * 60 * 1000

/**
 * Whether something was tried in vain within the last day, so that a second start does not wait for it again.
 * @param {Context} context
 * @param {string} what
 */
export function failedLately(context, what) {
  const noted = statSync(join(context.cache, `${what}-failed`), { throwIfNoEntry: false })
  return noted !== undefined && Date.now() - noted.mtimeMs < DAY_MILLISECONDS
}

/**
 * @param {Context} context
 * @param {string} what
 */
export function noteFailure(context, what) {
  mkdirSync(context.cache, { recursive: true })
  writeFileSync(join(context.cache, `${what}-failed`), '')
}

/**
 * @param {Context} context
 * @param {string} what
 */
export function forgetFailure(context, what) {
  rmSync(join(context.cache, `${what}-failed`), { force: true })
}
