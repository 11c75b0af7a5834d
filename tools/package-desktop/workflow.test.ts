import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { load } from 'js-yaml'
import { expect, test } from 'vitest'
import { z } from 'zod'

const root = join(import.meta.dirname, '..', '..')
const stepSchema = z.object({ name: z.string().optional(), run: z.string().optional(), uses: z.string().optional() })
const workflowSchema = z.object({
  permissions: z.record(z.string(), z.string()),
  jobs: z.object({
    package: z.object({
      strategy: z.object({
        matrix: z.object({ include: z.array(z.object({ os: z.string(), unpacked: z.string() })) }),
      }),
      steps: z.array(stepSchema),
    }),
  }),
})

const manifest = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')))
const read = (file: string): unknown => load(readFileSync(join(root, file), 'utf8'))
const workflow = workflowSchema.parse(read('.github/workflows/packages.yml'))
const { steps, strategy } = workflow.jobs.package
const commands = steps.map(({ run = '' }) => run).join('\n')

test('packages are made and tried on three platforms, and inside Electron', () => {
  expect(strategy.matrix.include.map(({ os }) => os.split('-')[0])).toEqual(['ubuntu', 'macos', 'windows'])
  expect(commands).toContain('npm run package')
  expect(commands).toContain('tools/package-desktop/smoke.mjs')
  expect(commands).toContain('npm run e2e -- --project=electron')
  expect(commands).toContain('npx playwright test desktop.spec.ts --project=electron')
  expect(readFileSync(join(root, 'e2e', 'desktop.spec.ts'), 'utf8')).toContain("tag: '@desktop'")
  expect(manifest.scripts['package']).toContain('tools/package-desktop/package.mjs')
})

// @security Packages and updates: The workflow that builds packages may only read, and no secret stands in a command line of it.
test('it may only read, and secrets reach it through the environment alone', () => {
  expect(workflow.permissions).toEqual({ contents: 'read' })
  expect(commands).not.toContain('secrets.')
})

test('the packages are those that are promised, under the scheme that links have', () => {
  const config = z
    .object({
      protocols: z.array(z.object({ schemes: z.array(z.string()) })),
      linux: z.object({ target: z.array(z.string()) }),
      mac: z.object({ target: z.array(z.object({ target: z.string(), arch: z.string() })), notarize: z.boolean() }),
      win: z.object({ target: z.array(z.object({ target: z.string() })) }),
    })
    .parse(read('electron-builder.yml'))
  expect(config.protocols.flatMap(({ schemes }) => schemes)).toEqual(['restore-console'])
  expect(config.linux.target).toEqual(['AppImage', 'deb'])
  expect(config.mac.target).toContainEqual({ target: 'dmg', arch: 'universal' })
  expect(config.win.target.map(({ target }) => target)).toEqual(['nsis'])
})
