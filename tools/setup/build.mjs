import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { lacking } from './context.mjs'
import { run, tail } from './run.mjs'

/** @typedef {import('./context.mjs').Context} Context */

const SOURCES = ['contract', 'engine', 'agent', 'control-plane', 'consumer', 'main', 'preload', 'renderer', 'resources']
const FILES = [
  'electron.vite.config.ts',
  'lingui.config.mjs',
  'tools/window-plugins.mjs',
  'package.json',
  'package-lock.json',
]

/**
 * out/ as the sources would build it now.
 * @param {Context} context
 * @returns {Promise<import('./context.mjs').Outcome>}
 */
export async function ensureBuild(context) {
  const stamp = join(context.root, 'out', '.sources')
  const now = fingerprint(context)
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === now) return { ready: true }
  context.say('build', 'building the console')
  const { code, output } = await run(context, [
    'node',
    join(context.root, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js'),
    'build',
  ])
  if (code !== 0) return lacking(`the build: it failed\n${tail(output, 40)}`, 'npm run build')
  writeFileSync(stamp, now)
  return { ready: true }
}

/**
 * Names, sizes and times of all sources: cheap, and different whenever a build could be.
 * @param {Context} context
 */
function fingerprint(context) {
  const hash = createHash('sha256')
  const files = SOURCES.flatMap((folder) => filesBelow(context.root, folder)).concat(FILES)
  for (const file of files.sort()) {
    const { size, mtimeMs } = statSync(join(context.root, file), { throwIfNoEntry: false }) ?? {}
    hash.update(`${file}\0${size}\0${mtimeMs}\n`)
  }
  return hash.digest('hex')
}

/**
 * @param {string} root
 * @param {string} folder
 * @returns {string[]}
 */
function filesBelow(root, folder) {
  if (!existsSync(join(root, folder))) return []
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`
    return entry.isDirectory() ? filesBelow(root, path) : [path]
  })
}
