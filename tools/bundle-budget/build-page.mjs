// The page as the product builds it, with source maps, in a folder beside it: the product ships none.
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { resolveConfig } from 'electron-vite'
import { build } from 'vite'

/**
 * Build the page with source maps, and answer the folder. Throws where it is not what stands in `out/renderer`, script by script:
 * what is measured is what is shipped.
 * @param {string} root
 */
export async function buildPage(root) {
  const folder = join(root, 'node_modules', '.cache', 'restore-console', 'measured-page')
  process.env['NODE_ENV_ELECTRON_VITE'] = 'production'
  const inline = { configFile: join(root, 'electron.vite.config.ts') }
  const { config } = await resolveConfig(inline, 'build', 'production')
  if (config?.renderer === undefined) throw new Error('electron.vite.config.ts builds no page')
  const { renderer } = config
  await build({
    ...renderer,
    logLevel: 'error',
    build: { ...renderer.build, outDir: folder, emptyOutDir: true, sourcemap: 'hidden' },
  })
  const built = join(root, 'out', 'renderer')
  const differing = scripts(built, folder).filter((file) => textOf(built, file) !== textOf(folder, file))
  if (differing.length > 0) throw new Error(`out/renderer is not what the sources build now: ${differing.join(', ')}`)
  return folder
}

/** @param {readonly string[]} folders */
function scripts(...folders) {
  return [...new Set(folders.flatMap((folder) => globSync('**/*.js', { cwd: folder })))]
}

/**
 * @param {string} folder
 * @param {string} file
 */
function textOf(folder, file) {
  try {
    return readFileSync(join(folder, file), 'utf8')
  } catch {
    return null
  }
}
