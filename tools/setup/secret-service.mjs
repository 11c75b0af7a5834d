import { aptInstall, aptRemedy } from './apt.mjs'
import { lacking } from './context.mjs'
import { findProgram } from './run.mjs'

/** @typedef {import('./context.mjs').Context} Context */

const PACKAGES = ['gnome-keyring', 'dbus']

/**
 * A real keychain for the tests: a private one in a session of its own, which tools/with-keyring.sh starts.
 * @param {Context} context
 * @returns {Promise<import('./context.mjs').Outcome>}
 */
export async function ensureSecretService(context) {
  const there = () => findProgram(context, 'dbus-run-session') && findProgram(context, 'gnome-keyring-daemon')
  if (there()) return { ready: true }
  if (process.platform !== 'linux') return lacking('a secret service: this is not Linux', 'run the tests on Linux')
  await aptInstall(context, 'keychain', PACKAGES)
  return there() ? { ready: true } : lacking('gnome-keyring and dbus-run-session', aptRemedy(PACKAGES))
}
