import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { KEY_CATALOGUE } from '../renderer/app/key-catalogue.ts'
import { type MarkdownPage, readMarkdown } from './markdown.ts'

const root = join(import.meta.dirname, '..')
const NOT_OURS = ['node_modules', 'out', 'dist', 'test-results', '.tools', '.git']
const GUIDE = 'docs/guide/'
const IMAGES = 'docs/images/'
/** Written for a release by whoever makes it. */
const NOT_YET = ['resources/release-notes.md']

const paths = globSync('**/*.md', { cwd: root, exclude: (name) => NOT_OURS.includes(String(name)) }).toSorted()
const pages = new Map(paths.map((path): [string, MarkdownPage] => [path, readMarkdown(read(path))]))
/** Pages that explain the whole; what folders say of themselves may name files of a sentence before. */
const documents = [...pages].filter(([path]) => !path.includes('/') || path.startsWith('docs/'))
const tasks = [...pages].filter(([path]) => path.startsWith(GUIDE) && path !== `${GUIDE}README.md`)

describe('the documents', () => {
  it('are found', () => {
    expect(paths).toContain('README.md')
    expect(paths.length).toBeGreaterThan(60)
    expect(tasks.length).toBeGreaterThan(12)
  })

  it('lead to files and headings that are there', () => {
    expect(
      [...pages].flatMap(([path, { targets }]) =>
        targets.filter((one) => !leadsSomewhere(path, one)).map((one) => `${path}: ${one}`),
      ),
    ).toEqual([])
  })

  it('show every picture that there is, and each page of the guide shows one', () => {
    const shown = new Set([...pages].flatMap(([path, { targets }]) => targets.map((one) => fileOf(path, one))))
    const unused = readdirSync(join(root, IMAGES)).filter((name) => !shown.has(IMAGES + name))
    const without = tasks.filter(([path, { targets }]) => !targets.some((one) => fileOf(path, one).startsWith(IMAGES)))
    expect({ unused, without: without.map(([path]) => path) }).toEqual({ unused: [], without: [] })
  })

  it('name commands of this project that there are', () => {
    const { scripts } = z.object({ scripts: z.record(z.string(), z.string()) }).parse(JSON.parse(read('package.json')))
    const own = ['ci', 'install', ...Object.keys(scripts)]
    const unknown = [...pages].flatMap(([path, { code }]) =>
      code.flatMap((line) =>
        [...line.matchAll(/\bnpm (?:run )?(?:--silent )?([a-z][a-z0-9:-]*)/g)]
          .filter(([, name = '']) => !own.includes(name))
          .map(([words]) => `${path}: ${words}`),
      ),
    )
    expect(unknown).toEqual([])
  })

  it('name files of the house that there are', () => {
    const missing = documents.flatMap(([path, { code }]) =>
      code
        .filter((word) => /^[a-z0-9-]+(\/[\w.-]+)+\.(ts|tsx|mjs|sh|service|sql|yml|md)$/.test(word))
        .filter((word) => existsSync(join(root, word.split('/')[0] ?? '')) && !NOT_YET.includes(word))
        .filter((word) => !existsSync(join(root, word)))
        .map((word) => `${path}: ${word}`),
    )
    expect(missing).toEqual([])
  })
})

describe('the guide', () => {
  it('is whole in its index', () => {
    const { targets } = pages.get(`${GUIDE}README.md`) ?? readMarkdown('')
    const listed = new Set(targets.map((one) => fileOf(`${GUIDE}README.md`, one)))
    expect(tasks.map(([path]) => path).filter((path) => !listed.has(path))).toEqual([])
  })

  it('sets in bold what stands on the screen, letter by letter', () => {
    // A sentence that is not gathered yet stands in the sources alone.
    const screen = messages() + wordsIn('renderer/**/*.{ts,tsx}')
    const unknown = tasks.flatMap(([path, { bold }]) =>
      bold.filter((words) => !isSaid(screen, words)).map((words) => `${path}: ${words}`),
    )
    expect(unknown).toEqual([])
  })

  it('quotes what the screen says where something goes wrong', () => {
    const said = messages() + wordsIn('{renderer,main,contract}/**/*.{ts,tsx}')
    const unknown = tasks.flatMap(([path]) =>
      quotesIn(read(path))
        .flatMap((quote) => quote.split('…').map((part) => part.trim()))
        .filter((part) => !said.includes(part))
        .map((part) => `${path}: ${part}`),
    )
    expect(unknown).toEqual([])
  })

  it('lists the keys that there are', () => {
    const rows = [...read(`${GUIDE}keys.md`).matchAll(/^\| (`.*`) \| (.*) \| (.*) \|$/gm)].map((row) => row.slice(1, 4))
    expect(rows).toEqual(
      KEY_CATALOGUE.map(({ keys, label, pages: where }) => [
        written(keys),
        label,
        where === 'everywhere' ? where : where.join(', '),
      ]),
    )
  })

  it('names no keys but those that there are', () => {
    const known = new Set(KEY_CATALOGUE.map(({ keys }) => written(keys)))
    const unknown = tasks.flatMap(([path]) =>
      [...read(path).matchAll(/`(?:Ctrl|Alt|Shift)`(?: `[^`]+`)+/g)]
        .filter(([keys]) => !known.has(keys))
        .map(([keys]) => `${path}: ${keys}`),
    )
    expect(unknown).toEqual([])
  })
})

describe('the reading of a page', () => {
  it.each([
    ['a [link](b.md#c) and ![a picture](d.png "with a title")', { targets: ['b.md#c', 'd.png'] }],
    ['[![both](a.png)](b.md)', { targets: ['a.png', 'b.md'] }],
    ['<img src="a.png"><source srcset="b.png">', { targets: ['a.png', 'b.png'] }],
    ['`[no link](a.md)`\n```sh\n[none](b.md)\n```\n', { targets: [] }],
    ['# One\n## Can it be `x`?\n## One\n', { anchors: ['one', 'can-it-be-x', 'one-1'] }],
    ['**Restore\n  in place** and **Enrol…**', { bold: ['Restore in place', 'Enrol…'] }],
    ['`npm test`\n```sh\nnpm start  # opens it\n```\n', { code: ['npm test', 'npm start  # opens it', ''] }],
  ])('%j', (source, expected) => {
    expect(readMarkdown(source)).toMatchObject(expected)
  })
})

/** The first column of the tables that begin with `it says`. */
function quotesIn(page: string): string[] {
  const tables = [...page.matchAll(/^\| it says \|.*\n\|.*\n((?:\|.*\n)*)/gm)].map(([, rows = '']) => rows)
  return tables.flatMap((rows) => [...rows.matchAll(/^\| (.*?) \|/gm)].map(([, quote = '']) => quote))
}

/** All that the window says, as the catalogue has it, a sentence a line. */
function messages(): string {
  const entries = [...read('renderer/language/en.po').matchAll(/^msgid ((?:".*"\n)+)/gm)]
  return entries.map(([, quoted = '']) => quoted.replaceAll(/^"|"$|\n/gm, '').replaceAll(/\\(["\\])/g, '$1')).join('\n')
}

/** Whether it stands there as words, and not as a part of others. */
function isSaid(screen: string, words: string): boolean {
  for (let at = screen.indexOf(words); at >= 0; at = screen.indexOf(words, at + 1)) {
    const around = [screen.charAt(at - 1), screen.charAt(at + words.length)]
    if (around.every((character) => !/[\p{L}\p{N}]/u.test(character))) return true
  }
  return false
}

/** All that is written in these sources but comments and tests, in one line. */
function wordsIn(pattern: string): string {
  const sources = globSync(pattern, { cwd: root }).filter((path) => !path.includes('.test.'))
  const code = sources.map((path) => read(path).replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, ''))
  return code.join('\n').replaceAll(/\s+/g, ' ')
}

/** `Ctrl` `K`, as the screen writes them. */
function written(keys: string): string {
  const names: Readonly<Record<string, string>> = { mod: 'Ctrl', shift: 'Shift', alt: 'Alt' }
  const parts = keys === 'shift+?' ? ['?'] : keys.split('+')
  return parts.map((part) => `\`${names[part.toLowerCase()] ?? part}\``).join(' ')
}

function read(path: string): string {
  return readFileSync(join(root, path), 'utf8')
}

/** The file that a link of a page leads to, from the project's folder; a link into the page itself is the page. */
function fileOf(page: string, target: string): string {
  const [file = ''] = target.split('#')
  return file === '' ? page : posix.join(posix.dirname(page), decodeURIComponent(file))
}

function leadsSomewhere(page: string, target: string): boolean {
  if (/^[a-z]+:/.test(target)) return true
  const file = fileOf(page, target)
  const [, anchor] = target.split('#')
  if (!existsSync(join(root, file))) return false
  return anchor === undefined || pages.get(file)?.anchors.includes(anchor) === true
}
