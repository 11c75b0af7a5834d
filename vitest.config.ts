import { globSync, readFileSync } from 'node:fs'
import { defineConfig } from 'vitest/config'
import { sentences, windowPlugins } from './tools/window-plugins.mjs'

const nodeTests =
  '{contract,engine,agent,control-plane,consumer,main,preload,renderer,tools,test,e2e,bench}/**/*.test.ts'

/** Tests that run restic, a rest-server or the console as programs, or cut lines often: seconds each, and not part of the fast check. */
const realTests = globSync(nodeTests).filter((path) =>
  /from '[./]*(test\/)?(restic|rest-server|postgres|tools|headless-console|console-with-plane|embedded-plane|cutting-proxy)\.ts'/.test(
    readFileSync(path, 'utf8'),
  ),
)

/** It packs what was built, so it is run after the build. */
const packedTests = ['tools/package-desktop/packed.test.ts']

const node = {
  environment: 'node',
  globalSetup: ['test/template-repository.ts'],
  testTimeout: 60_000,
  hookTimeout: 60_000,
}

export default defineConfig({
  test: {
    // They mostly wait for other processes: no core is kept back.
    maxWorkers: '100%',
    projects: [
      {
        extends: true,
        plugins: sentences(),
        test: {
          ...node,
          name: 'node',
          include: [nodeTests],
          exclude: [...realTests, ...packedTests],
          setupFiles: ['test/english.ts'],
        },
      },
      { extends: true, test: { ...node, name: 'real', include: realTests } },
      { extends: true, test: { ...node, name: 'packages', include: packedTests, globalSetup: [] } },
      {
        extends: true,
        plugins: windowPlugins(),
        test: {
          name: 'dom',
          environment: 'jsdom',
          include: ['renderer/**/*.test.tsx'],
          setupFiles: ['test/english.ts', 'test/dom-setup.ts'],
        },
      },
    ],
  },
})
