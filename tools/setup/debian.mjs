import { findProgram, run, tail } from './run.mjs'

/** @typedef {import('./context.mjs').Context} Context */

/**
 * Fetch programs of a Debian suite into .tools/bin, each by the name of its package. Says what it fetches before it does.
 * @param {Context} context
 * @param {string} subject
 * @param {{ what: string, suite: string, packages: readonly string[] }} wanted
 * @returns {Promise<string | undefined>} why it failed, to follow the name of what is missing
 */
export async function fetchFromDebian(context, subject, { what, suite, packages }) {
  if (!findProgram(context, 'apt-get')) return ': it can be fetched by itself on Debian only'
  context.say(subject, `fetching ${what} of Debian ${suite} into .tools/bin`)
  const fetch = ['sh', 'tools/setup/fetch-from-debian.sh', context.tools, suite, ...packages]
  const { code, output } = await run(context, fetch)
  return code === 0 ? undefined : `: fetching it failed\n${tail(output)}`
}
