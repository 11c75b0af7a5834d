// How large the built console is, part by part.
import { existsSync, globSync, readFileSync, statSync } from 'node:fs'
import { basename, extname, join, relative, resolve } from 'node:path'
import { gzipSync } from 'node:zlib'
import { partOf } from './parts.mjs'
import { textBySource } from './source-map.mjs'

/**
 * Bytes of one part as it was built, and compressed by itself.
 * @typedef {{ readonly part: string, readonly bytes: number, readonly gzip: number }} PartSize
 */

/** What a window loads before it shows anything. */
export const AT_START = 'at start'
export const STYLES = 'styles'
export const FONTS = 'fonts'
/** Bytes: a script that only hands on what others hold. */
const HANDS_ON = 300
/** What the bundler wrote itself, and has no source of. */
const RUNTIME = /^(rolldown-runtime|preload-helper)-/
/** What is imported at once, and what waits for nothing but the language. */
const AT_ONCE = [
  /(?:^|[;}\s])(?:import|export)[^;"'()]*?["']\.\/([^"']+\.js)["']/g,
  /import\([`"']\.\/(open-console-[^`"']+\.js)[`"']\)/g,
]

/**
 * The page by part, and what of it is loaded at its start. Each part is compressed by itself, so together they are a little
 * more than the files; `at start` is the files themselves.
 * @param {string} root
 * @param {string} folder that was built with source maps
 * @returns {PartSize[]}
 */
export function pageSizes(root, folder) {
  const files = globSync('**/*', { cwd: folder }).map((file) => file.replaceAll('\\', '/'))
  const texts = textsByPart(root, folder, files)
  texts.set(STYLES, readAll(folder, files, ['.css']))
  texts.set(FONTS, readAll(folder, files, ['.woff2', '.woff', '.ttf']))
  return [...sizesOf(texts), startSize(folder)]
}

/**
 * What runs in Node, by the folder that it comes from.
 * @param {string} root
 * @param {string} folder
 * @returns {PartSize[]}
 */
export function programSizes(root, folder) {
  const files = globSync('**/*', { cwd: folder })
  const sizes = sizesOf(textsByPart(root, folder, files))
  return sizes.map(({ part, ...size }) => ({ part: `program/${part}`, ...size }))
}

/**
 * @param {string} root
 * @param {string} folder
 * @param {readonly string[]} files
 * @returns {Map<string, Buffer[]>}
 */
function textsByPart(root, folder, files) {
  /** @type {Map<string, Buffer[]>} */
  const texts = new Map()
  for (const file of files.filter((name) => /\.[cm]?js$/.test(name)).toSorted()) {
    const path = join(folder, file)
    const map = mapOf(path)
    for (const [source, text] of textBySource(readFileSync(path, 'utf8'), map)) {
      const part = partOf(source === null ? '' : relative(root, resolve(path, '..', map.sourceRoot ?? '', source)))
      texts.set(part, [...(texts.get(part) ?? []), Buffer.from(text)])
    }
  }
  return texts
}

/**
 * The source map beside a script. The bundler's own have none.
 * @param {string} path
 * @returns {import('./source-map.mjs').SourceMapText & { readonly sourceRoot?: string }}
 */
function mapOf(path) {
  if (existsSync(`${path}.map`)) return JSON.parse(readFileSync(`${path}.map`, 'utf8'))
  if (statSync(path).size > HANDS_ON && !RUNTIME.test(basename(path))) throw new Error(`${path} has no source map`)
  return { sources: [], mappings: '' }
}

/**
 * @param {string} folder
 * @param {readonly string[]} files
 * @param {readonly string[]} endings
 */
function readAll(folder, files, endings) {
  const wanted = files.filter((file) => endings.includes(extname(file))).toSorted()
  return wanted.map((file) => readFileSync(join(folder, file)))
}

/**
 * @param {ReadonlyMap<string, readonly Buffer[]>} texts
 * @returns {PartSize[]}
 */
function sizesOf(texts) {
  const sizes = [...texts].map(([part, pieces]) => sizeOf(part, Buffer.concat(pieces)))
  return sizes.filter(({ bytes }) => bytes > 0).toSorted((left, right) => right.gzip - left.gzip)
}

/**
 * @param {string} part
 * @param {Buffer} text
 * @returns {PartSize}
 */
function sizeOf(part, text) {
  return { part, bytes: text.length, gzip: gzipSync(text, { level: 9 }).length }
}

/**
 * The page itself, the scripts and styles that it names, the scripts that these import at once, and the window's own part.
 * @param {string} folder
 * @returns {PartSize}
 */
function startSize(folder) {
  const page = readFileSync(join(folder, 'index.html'), 'utf8')
  const named = [...page.matchAll(/(?:src|href)="\.?\/?([^":]+\.(?:js|css))"/g)].map(([, file = '']) => file)
  if (named.length === 0) throw new Error('index.html names no script')
  const all = new Set(named)
  // A set that grows is walked to its new end.
  for (const file of all) {
    if (!file.endsWith('.js')) continue
    const code = readFileSync(join(folder, file), 'utf8')
    for (const pattern of AT_ONCE)
      for (const [, other = ''] of code.matchAll(pattern)) all.add(join(file, '..', other).replaceAll('\\', '/'))
  }
  const sizes = ['index.html', ...all].map((file) => sizeOf(file, readFileSync(join(folder, file))))
  const sum = (/** @type {'bytes' | 'gzip'} */ of) => sizes.reduce((total, size) => total + size[of], 0)
  return { part: AT_START, bytes: sum('bytes'), gzip: sum('gzip') }
}
