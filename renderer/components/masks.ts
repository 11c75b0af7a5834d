import { showFileName } from '../../contract/shapes/file-name.ts'
import { usePreference } from './preferences.ts'

/** What a name is the name of, as its mask says it: `host-1`. */
export type Named =
  | 'host'
  | 'person'
  | 'group'
  | 'machine'
  | 'consumer'
  | 'plane'
  | 'replica'
  | 'repository'
  | 'label'
  | 'workspace'

/** Names and the masks that stand in their place, for as long as the window is open. */
const masks = new Map<string, string>()
/** How many masks of a kind there are. */
const counts = new Map<Named, number>()
/** Those of the names that are several words. */
const phrases = new Set<string>()
/** Names of files that were masked, as they are shown: a title of one says it alone, which does not tell that it is a file. */
const fileNames = new Set<string>()

/** The same name has the same mask wherever it stands: `host-1`. */
export function maskName(name: string, named: Named): string {
  if (name === '') return ''
  const known = masks.get(name)
  if (known !== undefined) return known
  let count = counts.get(named) ?? 0
  let mask: string
  do {
    count += 1
    mask = `${named}-${count}`
  } while (masks.has(mask) || mask === name)
  counts.set(named, count)
  masks.set(name, mask)
  if (!/^[\p{L}\p{N}._@-]+$/u.test(name)) phrases.add(name)
  return mask
}

export function maskHost(name: string): string {
  return maskName(name, 'host')
}

/** A path of the same shape: as deep, each name as long, with its odd signs, and with what says the kind of a file. */
export function maskPath(path: string): string {
  if (path !== '') fileNames.add(showFileName(path))
  return path
    .split(/([/\\])/)
    .map((part, at) => (at % 2 === 1 ? part : maskPart(part)))
    .join('')
}

function maskPart(name: string): string {
  const kind = /(?<=[^.])\.[A-Za-z][A-Za-z0-9]{0,4}$/.exec(name)?.[0] ?? ''
  const stem = name.slice(0, name.length - kind.length)
  return stem.replace(/[\p{L}\p{N}\p{M}]/gu, 'x') + kind
}

const PATHS = /(?<![\w/])(?:[A-Za-z]:\\|\/)[^\s"'“”,;()]+/g
const WORDS = /[\p{L}\p{N}][\p{L}\p{N}._@-]*/gu

/** A sentence or a line of a log without paths, and without these names of hosts or any other that has a mask. */
export function maskText(text: string, hosts: readonly string[] = []): string {
  for (const name of hosts) maskHost(name)
  let so = text
  for (const phrase of phrases) if (so.includes(phrase)) so = so.replaceAll(phrase, masks.get(phrase) ?? '')
  return so.replaceAll(WORDS, maskWord).replaceAll(PATHS, (path) => maskPath(path))
}

/** A name, a name with a full stop after it, or `machine.of.a.domain` and `user@machine` where the machine has a name. */
function maskWord(word: string): string {
  const known = masks.get(word)
  if (known !== undefined) return known
  const end = /[.@_-]+$/.exec(word)?.[0] ?? ''
  if (end !== '') return maskWord(word.slice(0, word.length - end.length)) + end
  const at = word.lastIndexOf('@')
  if (at > 0) return `${maskWord(word.slice(0, at))}@${maskWord(word.slice(at + 1))}`
  const dot = word.indexOf('.')
  return (dot > 0 ? masks.get(word.slice(0, dot)) : undefined) ?? word
}

/** What an attribute says: it may be the name of a file and nothing else. */
export function maskAttribute(text: string): string {
  return fileNames.has(text) ? maskPath(text) : maskText(text)
}

/** `user@machine` with both masked. */
export function maskActor(actor: string): string {
  const at = actor.lastIndexOf('@')
  if (at < 0) return maskName(actor, 'person')
  return `${maskName(actor.slice(0, at), 'person')}@${maskHost(actor.slice(at + 1))}`
}

export interface Masks {
  readonly areOn: boolean
  host(name: string): string
  path(path: string): string
  actor(actor: string): string
  /** Of a sentence the paths, and the names that have a mask already. */
  text(text: string): string
}

const ON: Masks = {
  areOn: true,
  host: maskHost,
  path: maskPath,
  actor: maskActor,
  text: (text) => maskText(text),
}
const OFF: Masks = {
  areOn: false,
  host: (name) => name,
  path: (path) => path,
  actor: (actor) => actor,
  text: (text) => text,
}

/** What names and paths look like now: as they are, or masked while somebody shares the screen. */
export function useMasks(): Masks {
  return usePreference('masked') ? ON : OFF
}
