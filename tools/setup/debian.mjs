import { rmSync } from 'node:fs'
import { findProgram, run, tail } from './run.mjs'

/** @typedef {import('./context.mjs').Context} Context */

/**
 * Unpack packages of a Debian suite into a folder, which is emptied first. Says what it fetches before it does.
 * @param {Context} context
 * @param {string} subject
 * @param {{ what: string, suite: string, packages: readonly string[], libraries?: boolean, folder: string }} wanted
 * @returns {Promise<string | undefined>} why it failed, to follow the name of what is missing
 */
export async function unpackFromDebian(context, subject, { what, suite, packages, libraries, folder }) {
  if (!findProgram(context, 'apt-get')) return ': it can be fetched by itself on Debian only'
  context.say(subject, `fetching ${what} of Debian ${suite} into .tools`)
  rmSync(folder, { recursive: true, force: true })
  const flags = libraries === true ? ['--libraries'] : []
  const command = ['sh', 'tools/setup/unpack-from-debian.sh', folder, suite, ...flags, ...packages]
  const { code, output } = await run(context, command)
  return code === 0 ? undefined : `: fetching it failed\n${tail(output)}`
}
