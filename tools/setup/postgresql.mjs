import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { aptInstall, aptRemedy } from './apt.mjs'
import { lacking } from './context.mjs'

/** @typedef {import('./context.mjs').Context} Context */

const PACKAGES = ['postgresql']
const FOLDER = '/usr/lib/postgresql'

/**
 * The PostgreSQL with which the consumer brings restored clusters to life in the tests. On a machine that systemd has booted Debian's
 * package would start a cluster of its own: there it is left to a person to install it.
 * @param {Context} context
 * @returns {Promise<import('./context.mjs').Outcome>}
 */
export async function ensurePostgres(context) {
  const there = () =>
    existsSync(FOLDER) && readdirSync(FOLDER).some((one) => existsSync(join(FOLDER, one, 'bin', 'initdb')))
  if (there()) return { ready: true }
  if (!existsSync('/run/systemd/system')) await aptInstall(context, 'postgresql', PACKAGES)
  return there() ? { ready: true } : lacking('PostgreSQL', aptRemedy(PACKAGES))
}
