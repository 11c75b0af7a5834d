import { posix } from 'node:path'
import type { Import, Module } from './read-module.ts'
import { bannedWords, closedFolders, islands, type Wall, walls } from './walls.ts'

const MAXIMUM_CODE_LINES = 300

/** Every rule a module breaks, one sentence each, beginning with its path. */
export function breaches(module: Module): string[] {
  const sentences = isTest(module.path)
    ? []
    : module.imports.flatMap((one) => [...wallBreaches(module.path, one), ...doorBreaches(module.path, one)])
  if (module.hasDefaultExport && !module.path.endsWith('.config.ts')) sentences.push('has a default export')
  if (module.codeLines > MAXIMUM_CODE_LINES) sentences.push(`has ${module.codeLines} lines of code`)
  return [...sentences, ...nameBreaches(module.path)].map((sentence) => `${module.path} ${sentence}`)
}

/** Tests stand beside the code and may reach over its walls to set it up. */
export function isTest(path: string): boolean {
  return /\.test\.tsx?$/.test(path) || /^(test|e2e|bench)\//.test(path)
}

function wallBreaches(path: string, { specifier, how }: Import): string[] {
  const wall = wallOf(path)
  if (!wall) return []
  const target = ownTarget(path, specifier)
  if (target === undefined) {
    return wall.packages.some((name) => matchesPackage(specifier, name)) ? [] : [`imports ${specifier}`]
  }
  if (isTest(target) || /\.test\.tsx?$/.test(target)) return [`imports the test ${target}`]
  // The entry of another thread or page is named, not imported: only who composes may name it.
  if (how === 'url') return composes(path) ? [] : [`names ${target} by URL`]
  if (isComposition(path) && isBelow(target, 'main')) return []
  return [wall.folder, ...wall.ours].some((folder) => isBelow(target, folder)) ? [] : [`imports ${target}`]
}

/** Where the parts of a program are joined. */
function composes(path: string): boolean {
  return isComposition(path) || /^consumer\/[^/]+\.ts$/.test(path)
}

function isComposition(path: string): boolean {
  return /^main\/[^/]+\.ts$/.test(path)
}

function doorBreaches(path: string, { specifier }: Import): string[] {
  const target = ownTarget(path, specifier)
  if (target === undefined) return []
  const closed = closedFolders.map((pattern) => roomOf(target, pattern)).find((room) => room !== undefined)
  const island = islands.find((folder) => isBelow(target, folder) && isBelow(path, folder))
  const behindDoor = closed !== undefined && !isBelow(path, closed) && target !== `${closed}/index.ts`
  const swims = island !== undefined && islandOf(path, island) !== islandOf(target, island)
  return [
    ...(behindDoor ? [`imports ${target} and not ${closed}/index.ts`] : []),
    ...(swims ? [`imports its neighbour ${target}`] : []),
  ]
}

/** The folder that a pattern `folder/*` closes around a file; undefined for files of `folder` itself. */
function roomOf(path: string, pattern: string): string | undefined {
  const base = pattern.slice(0, -1)
  if (!path.startsWith(base)) return undefined
  const rest = path.slice(base.length)
  return rest.includes('/') ? base + rest.slice(0, rest.indexOf('/')) : undefined
}

/** `keychain` for both `adapters/keychain.ts` and `adapters/keychain/open.ts`. */
function islandOf(path: string, folder: string): string | undefined {
  return path
    .slice(folder.length + 1)
    .split('/')[0]
    ?.replace(/\.tsx?$/, '')
}

function nameBreaches(path: string): string[] {
  const name = posix.basename(path).replace(/(\.(test|spec|config|d))?\.tsx?$/, '')
  const words = name.split(/-|(?<=[a-z])(?=[A-Z])/).map((word) => word.toLowerCase())
  const banned = words.find((word) => bannedWords.includes(word))
  const component = /(\.tsx|\.test\.ts)$/.test(path) && /^([A-Z][a-z0-9]*)+$/.test(name)
  const kebab = /^[a-z0-9]+(-[a-z0-9]+)*$|^[a-z]+(\.[a-z]+)+$/.test(name)
  return [
    ...(banned ? [`has "${banned}" in its name`] : []),
    ...(component || kebab ? [] : ['is neither kebab-case nor a component in PascalCase']),
  ]
}

/** Where an import of ours leads, from the project's folder; undefined for a package. */
function ownTarget(path: string, specifier: string): string | undefined {
  if (!specifier.startsWith('.')) return undefined
  return posix.join(posix.dirname(path), specifier.replace(/\?.*$/, ''))
}

function wallOf(path: string): Wall | undefined {
  return walls.filter((wall) => isBelow(path, wall.folder)).sort((a, b) => b.folder.length - a.folder.length)[0]
}

function isBelow(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`)
}

function matchesPackage(specifier: string, name: string): boolean {
  if (name.endsWith('*')) return specifier.startsWith(name.slice(0, -1))
  return specifier === name || specifier.startsWith(`${name}/`)
}
