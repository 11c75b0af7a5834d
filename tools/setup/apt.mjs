import { findProgram, run, tail } from './run.mjs'

/** @typedef {import('./context.mjs').Context} Context */

/**
 * Install Debian packages when we are root; true when that was done. Says what it installs before it does.
 * @param {Context} context
 * @param {string} subject
 * @param {readonly string[]} packages
 */
export async function aptInstall(context, subject, packages) {
  if (!context.isRoot || !findProgram(context, 'apt-get')) return false
  context.say(subject, `installing ${packages.join(' ')} with apt-get`)
  const install = ['apt-get', 'install', '-q', '-y', '--no-install-recommends', ...packages]
  const env = { DEBIAN_FRONTEND: 'noninteractive' }
  if ((await run(context, install, { env })).code === 0) return true
  // A fresh machine or container has no package lists yet.
  await run(context, ['apt-get', 'update', '-q'], { env })
  const second = await run(context, install, { env })
  if (second.code !== 0) context.say(subject, `apt-get failed:\n${tail(second.output)}`)
  return second.code === 0
}

/**
 * The command that a person without root is told.
 * @param {readonly string[]} packages
 */
export function aptRemedy(packages) {
  return `sudo apt-get install ${packages.join(' ')}`
}
