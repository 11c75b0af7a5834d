import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { breaches } from './architecture/check.ts'
import { readModule } from './architecture/read-module.ts'

const root = join(import.meta.dirname, '..')
const HOUSE = ['contract', 'engine', 'agent', 'control-plane', 'consumer', 'main', 'preload', 'renderer']
const AROUND = ['test', 'e2e', 'bench', 'tools']
const README_LINES = 40

describe('the house', () => {
  it('keeps its import walls, doors, names and sizes', () => {
    const modules = [...HOUSE, ...AROUND].flatMap(sourcesBelow)
    expect(modules.length).toBeGreaterThan(50)
    const found = modules.flatMap((path) => breaches(readModule(path, readFileSync(join(root, path), 'utf8'))))
    expect(found).toEqual([])
  })

  it('says in each second-level folder what lives there, in forty lines', () => {
    // bench is small enough for the one that it has.
    const folders = [...HOUSE, ...AROUND]
      .filter((folder) => folder !== 'bench')
      .flatMap((folder) => list(folder).flatMap((entry) => (entry.isDirectory() ? [`${folder}/${entry.name}`] : [])))
    const silent = folders.filter((folder) => !existsSync(join(root, folder, 'README.md')))
    const long = folders.filter((folder) => !silent.includes(folder) && readmeLines(folder) > README_LINES)
    expect({ silent, long }).toEqual({ silent: [], long: [] })
  })
})

describe('the check of the house', () => {
  const planted: readonly [path: string, text: string, breach: string][] = [
    ['contract/shapes/a.ts', "import { join } from 'node:path'", 'imports node:path'],
    ['contract/shapes/a.ts', "import { x } from '../../engine/a.ts'", 'imports engine/a.ts'],
    ['engine/restic/a.ts', "import Database from 'better-sqlite3'", 'imports better-sqlite3'],
    ['engine/restic/a.ts', "import { execa } from 'execa'", 'imports execa'],
    ['engine/restic/a.ts', "import type { Run } from '../../agent/runs/a.ts'", 'imports agent/runs/a.ts'],
    ['agent/runs/a.ts', "const { app } = await import('electron')", 'imports electron'],
    ['agent/runs/a.ts', "export * from '../../main/store/a.ts'", 'imports main/store/a.ts'],
    ['agent/runs/a.ts', "import { directory } from '../../test/a.ts'", 'imports the test test/a.ts'],
    ['main/services/runs/a.ts', "import { a } from '../../transport/a.ts'", 'imports main/transport/a.ts'],
    ['main/services/runs/a.ts', "import { a } from '../hosts/a.ts'", 'and not main/services/hosts/index.ts'],
    ['main/services/runs/a.ts', "type A = import('../../../engine/a.ts').A", 'imports engine/a.ts'],
    ['main/services/runs/a.ts', "new URL('../../../agent/worker.ts', import.meta.url)", 'names agent/worker.ts by URL'],
    ['main/compose.ts', "import { a } from '../agent/compose.ts'", 'imports agent/compose.ts'],
    ['main/headless.ts', "import { app } from 'electron'", 'imports electron'],
    ['main/adapters/keychain.ts', "import { a } from './local-agent.ts'", 'imports its neighbour'],
    ['preload/index.ts', "import { z } from 'zod'", 'imports zod'],
    ['renderer/features/runs/A.tsx', "import { readFile } from 'node:fs'", 'imports node:fs'],
    ['renderer/features/runs/A.tsx', "import { A } from '../hosts/A.tsx'", 'and not renderer/features/hosts/index.ts'],
    ['renderer/client/a.ts', 'export default 1', 'has a default export'],
    ['engine/restic/restic-utils.ts', '', 'has "utils" in its name'],
    ['renderer/features/runs/JobPage.tsx', '', 'has "job" in its name'],
    ['engine/restic/Tree_reader.ts', '', 'is neither kebab-case'],
    ['engine/restic/a.ts', 'let a = 1\n'.repeat(301), 'has 301 lines of code'],
  ]

  it.each(planted.map(([path, text, breach]) => [path, breach, text]))('finds that %s %s', (path, breach, text) => {
    const found = breaches(readModule(path, text))
    expect(found).toHaveLength(1)
    expect(found[0]).toContain(breach)
  })

  it.each([
    ['contract/agent/a.ts', "import { z } from 'zod'\nimport { b } from '../shapes/b.ts'"],
    ['engine/process/a.ts', "import { execa } from 'execa'\nimport { join } from 'node:path'"],
    ['main/services/runs/a.ts', "import { hosts } from '../hosts/index.ts'\nimport { b } from '../../store/b.ts'"],
    ['main/compose.ts', "import { a } from './adapters/a.ts'\nnew URL('../agent/worker.ts', import.meta.url)"],
    ['renderer/features/runs/RunPage.tsx', "import { Button } from '@mantine/core'\nimport '../hosts/index.ts'"],
    ['agent/runs/a.test.ts', "import { a } from '../../test/a.ts'"],
    ['engine/restic/a.ts', '// a comment\n\n'.repeat(301)],
  ])('lets %s be', (path, text) => {
    expect(breaches(readModule(path, text))).toEqual([])
  })
})

function sourcesBelow(folder: string): string[] {
  return list(folder).flatMap((entry) => {
    const path = `${folder}/${entry.name}`
    if (entry.isDirectory()) return sourcesBelow(path)
    return /\.tsx?$/.test(entry.name) && !entry.name.endsWith('.d.ts') ? [path] : []
  })
}

function list(folder: string) {
  return existsSync(join(root, folder)) ? readdirSync(join(root, folder), { withFileTypes: true }) : []
}

function readmeLines(folder: string): number {
  return readFileSync(join(root, folder, 'README.md'), 'utf8')
    .trimEnd()
    .split('\n').length
}
