import { copyFileSync, readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, sep } from 'node:path'
import { build, type Plugin } from 'vite'

/** Where the sources are. */
export const ROOT = join(import.meta.dirname, '..', '..')

const NATIVE = 'better-sqlite3.node'
const SCRIPTS = 'agent/sandbox'

/**
 * Write the agent as a few files of JavaScript that need nothing but Node, with what it loads beside them: the native
 * part of better-sqlite3 for `target` (`linux-x64`) and its own scripts. Answers the folders of the packages in it.
 */
export async function bundleAgent(folder: string, target: string): Promise<readonly string[]> {
  const packages = new Set<string>()
  await build({
    root: ROOT,
    configFile: false,
    logLevel: 'warn',
    // The package's own entry for one platform: the usual one looks for its native part among folders.
    resolve: { alias: [{ find: /^better-sqlite3$/, replacement: `better-sqlite3/${target}` }] },
    plugins: [nativePart(folder), noting(packages)],
    ssr: { noExternal: true },
    build: {
      ssr: join(ROOT, 'agent', 'index.ts'),
      target: 'node24',
      outDir: folder,
      emptyOutDir: false,
      minify: false,
      rolldownOptions: { output: { entryFileNames: 'index.js', chunkFileNames: '[name]-[hash].js' } },
    },
  })
  for (const name of readdirSync(join(ROOT, SCRIPTS)).filter((name) => name.endsWith('.sh'))) {
    copyFileSync(join(ROOT, SCRIPTS, name), join(folder, name))
  }
  return [...packages].sort()
}

/** A native part cannot be bundled: it is copied beside the bundle and loaded from there. */
function nativePart(folder: string): Plugin {
  return {
    name: 'native-part',
    // Before Vite's own reading of addresses, which would take it for a module.
    enforce: 'pre',
    resolveId(id, importer) {
      if (!id.endsWith('.node') || importer === undefined) return null
      copyFileSync(createRequire(importer).resolve(id), join(folder, NATIVE))
      return { id: `./${NATIVE}`, external: true }
    },
  }
}

function noting(packages: Set<string>): Plugin {
  return {
    name: 'noting-packages',
    generateBundle(_, files) {
      for (const file of Object.values(files)) {
        if (file.type !== 'chunk') continue
        for (const id of file.moduleIds) {
          const folder = packageOf(id)
          if (folder !== undefined) packages.add(folder)
        }
      }
    },
  }
}

/** The folder of the package that a module is from; undefined for modules of ours. */
function packageOf(id: string): string | undefined {
  const marker = `${sep}node_modules${sep}`
  const at = dirname(id).lastIndexOf(marker)
  if (at < 0) return undefined
  const parts = id.slice(at + marker.length).split(sep)
  const name = parts.slice(0, parts[0]?.startsWith('@') ? 2 : 1)
  return id.slice(0, at) + marker + name.join(sep)
}
