import { existsSync } from 'node:fs'
import { aptInstall, aptRemedy } from './apt.mjs'
import { lacking } from './context.mjs'
import { findProgram, isProgram } from './run.mjs'

/** @typedef {import('./context.mjs').Context} Context */

// `openssh-client` comes with it.
const PACKAGES = ['openssh-server']

/**
 * The sshd that tests start on loopback. On a machine that systemd has booted Debian's package would open it to the
 * network: there it is left to a person to install it.
 * @param {Context} context
 * @returns {Promise<import('./context.mjs').Outcome>}
 */
export async function ensureSshServer(context) {
  const there = () => (findProgram(context, 'sshd') ?? isProgram('/usr/sbin/sshd')) && findProgram(context, 'ssh')
  if (there()) return { ready: true }
  if (!existsSync('/run/systemd/system')) await aptInstall(context, 'ssh server', PACKAGES)
  return there() ? { ready: true } : lacking('sshd and ssh', aptRemedy(PACKAGES))
}
