// What the product promises of security, and the tests that hold it: read from the tests themselves.
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * A sentence of a promise, and the test below it.
 * @typedef {{ theme: string, sentence: string, file: string, line: number }} Promised
 */

const TESTS =
  '{contract,engine,agent,control-plane,consumer,main,preload,renderer,tools,test,e2e}/**/*.{test.ts,test.tsx,spec.ts}'
const MARK = /^\s*\/\/ @security\b(.*)$/
const WELL_FORMED = /^ ([^:]+): (\S.*\.)$/
/** A test that runs: one that is left out, or is yet to be written, holds nothing. */
const TEST = /^\s*(test|it)(\.each)?\(/

/** The themes in the order of the page; another one is refused, so that none is written in two ways. */
export const THEMES = [
  'The window',
  'The browser’s door',
  'Secrets',
  'Between console and hosts',
  'Roles and workspaces',
  'Restores',
  'Audit',
  'Control plane and consumers',
  'Packages and updates',
]

/**
 * The promises of one file. Throws where a mark has no theme, no sentence, or no test right below it.
 * @param {string} file
 * @param {string} text
 * @returns {Promised[]}
 */
export function promisesOf(file, text) {
  const lines = text.split('\n')
  return lines.flatMap((line, at) => {
    const rest = MARK.exec(line)?.[1]
    if (rest === undefined) return []
    const [, theme = '', sentence = ''] = WELL_FORMED.exec(rest) ?? []
    const where = `${file}:${at + 1}`
    if (sentence === '') throw new Error(`${where}: write "@security Theme: Sentence."`)
    if (!THEMES.includes(theme)) throw new Error(`${where}: there is no theme "${theme}"`)
    if (!TEST.test(lines[at + 1] ?? '')) throw new Error(`${where}: there is no test right below`)
    return [{ theme, sentence, file, line: at + 2 }]
  })
}

/**
 * All promises of the project, in the order of files and lines. Throws what `promisesOf` throws, and for one that is made twice.
 * @param {string} root
 */
export function readPromises(root) {
  const files = globSync(TESTS, { cwd: root }).map((file) => file.replaceAll('\\', '/'))
  const promises = files.toSorted().flatMap((file) => promisesOf(file, readFileSync(join(root, file), 'utf8')))
  const sentences = promises.map(({ sentence }) => sentence)
  const twice = sentences.find((sentence, at) => sentences.indexOf(sentence) < at)
  if (twice !== undefined) throw new Error(`promised twice: ${twice}`)
  return promises
}

/**
 * The page. It names files and no lines: a test that moves within its file makes nobody write the page anew.
 * @param {readonly Promised[]} promises
 */
export function securityPage(promises) {
  const parts = THEMES.flatMap((theme) => {
    const of = promises.filter((promise) => promise.theme === theme)
    const lines = of.map(({ sentence, file }) => `- ${sentence} [${file}](../${file})`)
    return of.length === 0 ? [] : [`## ${theme}`, '', ...lines, '']
  })
  return `${[
    '# Security',
    '',
    'What Restore Console promises, and for each promise the test that fails when it is broken. This page is made from the',
    'tests by `npm run security-page`; `npm test` fails when the two differ. To change a sentence, change it above its test.',
    '',
    ...parts,
  ]
    .join('\n')
    .trimEnd()}\n`
}
