import { join } from 'node:path'
import { defineConfig } from 'electron-vite'
import { windowPlugins } from './tools/window-plugins.mjs'

const at = (path: string): string => join(import.meta.dirname, path)

export default defineConfig({
  main: {
    build: {
      outDir: at('out/main'),
      sourcemap: true,
      rolldownOptions: {
        input: {
          index: at('main/index.ts'),
          headless: at('main/headless.ts'),
          'agent-worker': at('agent/worker.ts'),
          'control-plane-worker': at('control-plane/worker.ts'),
          'consumer-worker': at('consumer/worker.ts'),
          'check-sqlite': at('consumer/prove/check-sqlite.ts'),
        },
      },
    },
  },
  preload: {
    build: {
      outDir: at('out/preload'),
      // A sandboxed window loads one CommonJS file and lets it require nothing but electron.
      externalizeDeps: false,
      rolldownOptions: {
        input: { index: at('preload/index.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: at('renderer'),
    plugins: windowPlugins(),
    build: {
      outDir: at('out/renderer'),
      minify: true,
      // A small asset as a data: address would be refused by the page's own policy.
      assetsInlineLimit: 0,
      // One page, loaded once from this very computer: splitting it would only add requests. What comes later is a
      // language other than English, and all that has sentences, which waits for it.
      chunkSizeWarningLimit: 4000,
      cssCodeSplit: false,
      rolldownOptions: { input: { index: at('renderer/index.html') } },
    },
  },
})
