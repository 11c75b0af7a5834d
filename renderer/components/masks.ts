import { usePreference } from './preferences.ts'

/** Names and the ones that stand in their place, for as long as the window is open. */
const masks = new Map<string, string>()

/** The same name has the same mask wherever it stands: `host-1`. */
export function maskHost(name: string): string {
  if (name === '') return ''
  const known = masks.get(name)
  if (known !== undefined) return known
  const mask = `host-${masks.size + 1}`
  masks.set(name, mask)
  return mask
}

/** A path of the same shape: as deep, each name as long, with its odd signs, and with what says the kind of a file. */
export function maskPath(path: string): string {
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

/** A sentence or a line of a log without these names of hosts and without paths. */
export function maskText(text: string, names: readonly string[]): string {
  const known = [...new Set(names)].filter((name) => name.length > 1).toSorted((a, b) => b.length - a.length)
  const withoutNames = known.reduce((so, name) => so.replaceAll(wholeWord(name), maskHost(name)), text)
  return withoutNames.replaceAll(/(?<![\w/])(?:[A-Za-z]:\\|\/)[^\s"'“”,;]+/g, (path) => maskPath(path))
}

/** A name that is not a part of a longer one: `db-1` is not in `db-10`. */
function wholeWord(name: string): RegExp {
  return new RegExp(`(?<![\\p{L}\\p{N}-])${name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\p{L}\\p{N}-])`, 'gu')
}

/** `user@machine` with the machine masked. */
export function maskActor(actor: string): string {
  const at = actor.lastIndexOf('@')
  return at < 0 ? actor : `${actor.slice(0, at)}@${maskHost(actor.slice(at + 1))}`
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
  text: (text) => maskText(text, [...masks.keys()]),
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
