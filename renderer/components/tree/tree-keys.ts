import { nextRow } from '../row-keys.ts'
import { at, ROOT } from './tree-columns.ts'
import type { TreeStore } from './tree-store.ts'
import { beginsWith, type TypeAhead } from './type-ahead.ts'

export interface TreeKey {
  readonly key: string
  readonly shiftKey: boolean
  /** Control, or Command on a Mac. */
  readonly modKey: boolean
  readonly altKey: boolean
  /** Milliseconds. */
  readonly timeStamp: number
}

export interface TreeKeyPlace {
  readonly store: TreeStore
  readonly typeAhead: TypeAhead
  /** Rows in sight. */
  readonly page: number
}

/** Act on a key as the ARIA tree grid pattern has it. False when the key is not one of the tree's. */
export function pressTreeKey(key: TreeKey, place: TreeKeyPlace): boolean {
  const { store, typeAhead } = place
  if (key.altKey || store.rows.length === 0) return false
  // No name holds a slash: that key leads to the search.
  const isCharacter = [...key.key].length === 1 && !key.modKey && key.key !== '/'
  if (isCharacter && (key.key !== ' ' || typeAhead.isTyping(key.timeStamp))) {
    search(store, typeAhead.type(key.key, key.timeStamp))
    return true
  }
  const isOurs = key.modKey ? pressWithModifier(key, store) : move(key, place) || pressPlain(key, store)
  if (isOurs) typeAhead.end()
  return isOurs
}

function pressWithModifier(key: TreeKey, store: TreeStore): boolean {
  if (key.key.toLowerCase() !== 'a') return false
  store.toggleAll()
  return true
}

function move(key: TreeKey, { store, page }: TreeKeyPlace): boolean {
  const next = nextRow(key, { active: store.activePosition, last: store.rows.length - 1, page })
  if (next === null) return false
  store.moveTo(next, { extend: key.shiftKey })
  return true
}

function pressPlain(key: TreeKey, store: TreeStore): boolean {
  switch (key.key) {
    case 'ArrowRight':
      goIn(store)
      return true
    case 'ArrowLeft':
      goOut(store)
      return true
    case 'Enter':
      act(store)
      return true
    case ' ':
      store.toggleActive({ range: key.shiftKey })
      return true
    default:
      return false
  }
}

/** Open or close a directory; try again to read one that could not be read. */
export function act(store: TreeStore): void {
  const row = store.active
  // What fails is kept by the store and shown as a row.
  if (row < 0) void store.retry(~row)
  else if (store.isOpen(row)) store.close(row)
  else void store.open(row)
}

function goIn(store: TreeStore): void {
  const row = store.active
  if (row < 0 || !store.columns.isDirectory(row)) return
  if (store.isOpen(row)) store.moveTo(store.activePosition + 1)
  else void store.open(row)
}

function goOut(store: TreeStore): void {
  const row = store.active
  if (row >= 0 && store.isOpen(row)) return store.close(row)
  const parent = row < 0 ? ~row : at(store.columns.parent, row)
  if (parent > ROOT) store.moveTo(store.positionOf(parent))
}

function search(store: TreeStore, { prefix, fromNext }: { readonly prefix: string; readonly fromNext: boolean }): void {
  const { rows } = store
  const start = store.activePosition + (fromNext ? 1 : 0)
  for (let step = 0; step < rows.length; step += 1) {
    const position = (start + step) % rows.length
    const row = at(rows, position)
    if (row > ROOT && beginsWith(store.columns.name(row), prefix)) return store.moveTo(position)
  }
}
