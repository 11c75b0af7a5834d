import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { build } from 'vite'
import { describe, expect, it } from 'vitest'
import { temporaryDirectory } from '../../test/temporary-directory.ts'
import { breachesOf, renewed } from './budget.mjs'
import { pageSizes, programSizes } from './measure.mjs'
import { partOf } from './parts.mjs'
import { textBySource } from './source-map.mjs'

const KIB = 1024
const weighing = (part: string, kib: number) => ({ part, bytes: kib * 3 * KIB, gzip: kib * KIB })

describe('the budget', () => {
  it('is kept by what is as heavy as it may be', () => {
    expect(breachesOf([weighing('react', 66), weighing('zod', 24)], { react: 66, zod: 25 })).toEqual([])
  })

  it('says which part has grown, and by how much', () => {
    const [breach, ...others] = breachesOf([weighing('react', 70), weighing('zod', 24)], { react: 66, zod: 25 })
    expect(breach).toEqual({
      part: 'react',
      sentence: 'react has grown to 70.0 KiB compressed: 4.0 KiB more than its budget of 66.0 KiB.',
    })
    expect(others).toEqual([])
  })

  it('is broken by a part that it does not name', () => {
    const [breach] = breachesOf([weighing('react', 66), weighing('three', 0.1)], { react: 66 })
    expect(breach?.sentence).toBe('three is new, with 0.1 KiB compressed, and has no budget.')
  })

  it('is broken by a part that it names and that is gone, so that it stays true', () => {
    const [breach] = breachesOf([weighing('react', 66)], { react: 66, charts: 130 })
    expect(breach?.sentence).toBe('charts has a budget, and nothing of it is built.')
  })

  it('gives room only to what breaks it', () => {
    const sizes = [weighing('react', 50), weighing('zod', 30), weighing('three', 1)]
    const anew = renewed(sizes, { react: 66, zod: 25, charts: 130 })
    expect(anew).toEqual({ react: 66, zod: 33, three: 1.5 })
    expect(breachesOf(sizes, anew)).toEqual([])
  })
})

describe('a source', () => {
  it.each([
    ['renderer/features/compare/Tree.tsx', 'renderer/features/compare'],
    ['renderer/components/tree/Tree.tsx', 'renderer/components'],
    ['renderer/main.tsx', 'renderer'],
    ['contract/shapes/run.ts', 'contract'],
    ['../main/node_modules/@mantine/core/esm/Box.mjs', 'mantine'],
    ['../main/node_modules/react-dom/client.js', 'react'],
    ['node_modules/@mantine/hooks/node_modules/klona/dist/index.mjs', 'mantine'],
    ['node_modules/@tanstack/react-router/dist/a.js', 'tanstack'],
    ['node_modules/three/build/three.js', 'three'],
    ['node_modules/@some/thing/a.js', '@some/thing'],
    ['\0rolldown/runtime.js', 'bundler'],
    ['', 'bundler'],
  ])('%j belongs to %s', (path, part) => {
    expect(partOf(path)).toBe(part)
  })
})

describe('a built page', () => {
  it('is divided among its sources without a character lost, and weighed by part', async () => {
    await using directory = temporaryDirectory()
    await page(directory.path)
    const sizes = pageSizes(directory.path, join(directory.path, 'out'))
    const of = (part: string) => sizes.find((size) => size.part === part)
    expect(sizes.map(({ part }) => part).toSorted()).toEqual([
      'at start',
      'bundler',
      'renderer',
      'renderer/features/runs',
      'styles',
      'three',
    ])
    // Long texts of either: what each weighs is at least its own, and none has the other's.
    expect(of('renderer/features/runs')?.bytes).toBeGreaterThanOrEqual(12_000)
    expect(of('renderer/features/runs')?.bytes).toBeLessThan(12_500)
    expect(of('three')?.bytes).toBeGreaterThanOrEqual(2000)
    expect(of('three')?.bytes).toBeLessThan(2500)
  })

  it('counts at its start what it loads at once, and not what it loads later', async () => {
    await using directory = temporaryDirectory()
    await page(directory.path)
    const atStart = pageSizes(directory.path, join(directory.path, 'out')).find(({ part }) => part === 'at start')
    expect(atStart?.bytes).toBeGreaterThanOrEqual(2000)
    expect(atStart?.bytes).toBeLessThan(6000)
  })

  it('counts at its start what a script of the start imports at once, and what that imports', async () => {
    await using directory = temporaryDirectory()
    const files = {
      'index.html': '<script type="module" src="./assets/index.js"></script>',
      'assets/index.js': 'import{a}from"./one.js";import("./later.js");await import(`./open-console-1a.js`);',
      'assets/one.js': 'import"./two.js";export{a};',
      'assets/two.js': 'var two;',
      'assets/open-console-1a.js': 'import"./two.js";var own;',
      'assets/later.js': 'var later;',
    }
    for (const [path, text] of Object.entries(files)) write(directory.path, path, text)
    const atStart = pageSizes(directory.path, directory.path).find(({ part }) => part === 'at start')
    const { 'assets/later.js': _, ...loaded } = files
    expect(atStart?.bytes).toBe(Object.values(loaded).join('').length)
  })

  it('is not weighed where a script has no source map', async () => {
    await using directory = temporaryDirectory()
    write(directory.path, 'out/index.js', `console.log(${JSON.stringify('x'.repeat(400))})`)
    expect(() => programSizes(directory.path, join(directory.path, 'out'))).toThrow('has no source map')
  })
})

describe('a source map', () => {
  it('gives each source its own text, and what has no source to none', () => {
    // Column 2 from the first source, column 5 from the second, column 7 from none.
    const map = { sources: ['a.ts', 'b.ts'], mappings: 'EAAA,GCAA,E' }
    expect([...textBySource('((aaabb))', map)]).toEqual([
      [null, '(())'.slice(0, 4)],
      ['a.ts', 'aaa'],
      ['b.ts', 'bb'],
    ])
  })

  it('leaves a line without a mapping to the source of the line before', () => {
    const map = { sources: ['a.ts'], mappings: 'AAAA;' }
    expect([...textBySource('one\ntwo', map)]).toEqual([['a.ts', 'one\ntwo']])
  })

  it('is refused when it is none', () => {
    expect(() => textBySource('one', { sources: [], mappings: '!' })).toThrow('not a source map')
  })

  it('compresses as files are compressed', async () => {
    await using directory = temporaryDirectory()
    write(directory.path, 'out/a.js', 'a'.repeat(10))
    const [size] = programSizes(directory.path, join(directory.path, 'out'))
    expect(size).toEqual({ part: 'program/bundler', bytes: 10, gzip: gzipSync('a'.repeat(10), { level: 9 }).length })
  })
})

/** A page that loads a package at once and a feature later, as the product's build makes it. */
async function page(root: string): Promise<void> {
  write(root, 'renderer/index.html', '<script type="module" src="./main.ts"></script>')
  write(root, 'renderer/main.ts', `import 'three'\nimport './main.css'\nvoid import('./features/runs/page.ts')\n`)
  write(root, 'renderer/main.css', 'body { color: red }')
  write(root, 'renderer/features/runs/page.ts', `document.title = ${JSON.stringify('later '.repeat(2000))}\n`)
  write(root, 'node_modules/three/package.json', '{ "name": "three", "main": "index.js" }')
  write(root, 'node_modules/three/index.js', `document.body.title = ${JSON.stringify('at once '.repeat(260))}\n`)
  await build({
    configFile: false,
    logLevel: 'error',
    root: join(root, 'renderer'),
    base: './',
    build: { outDir: join(root, 'out'), minify: true, sourcemap: 'hidden', modulePreload: { polyfill: false } },
  })
}

function write(root: string, path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), text)
}
